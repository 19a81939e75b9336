using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Links between incidents, and series of them, in the database.</summary>
internal static class RelatedStore
{
    /// <summary>How many links are shown, and how many incidents that share something.</summary>
    private const int MostLinks = 200;

    /// <summary>How many incidents of each kind are looked at for what they share.</summary>
    private const int MostCandidates = 500;

    public static async Task<IReadOnlyList<IncidentLinkView>> LinksAsync(ISql sql, Guid incident, Actor viewer) =>
        [.. (await sql.QueryAsync<LinkRow>("IncidentLink_List",
            Visibility.Of(viewer, new { IncidentId = incident, Limit = MostLinks }))).Select(r => r.ToView())];

    /// <param name="things">The ids of datasets and programs.</param>
    /// <param name="except">The incident itself; empty while it is not declared.</param>
    public static async Task<IReadOnlyList<SeenBeforeView>> SeenBeforeAsync(ISql sql, IReadOnlyCollection<Guid> things, Guid except,
        Actor viewer)
    {
        if (things.Count == 0) return [];
        var rows = await sql.QueryAsync<SharedRow>("Incident_SeenBefore", Visibility.Of(viewer,
            new { Ids = IdList.Of(things), ExceptId = except, Limit = MostCandidates, Shown = RelatedRanking.Most }));
        // The groups keep the order of the rows.
        return [.. rows.GroupBy(r => r.Id).Select(g => new SeenBeforeView(g.First().ToIncident(),
            [.. g.Select(r => r.Dataset).OfType<string>()], [.. g.Select(r => r.Program).OfType<string>()], []))];
    }

    /// <summary>The series of an incident, where the viewer sees two of its members.</summary>
    public static async Task<SeriesView?> SeriesAsync(ISql sql, Guid incident, Actor viewer)
    {
        var rows = await sql.QueryAsync<MemberRow>("IncidentSeriesMember_List", Visibility.Of(viewer, new { IncidentId = incident }));
        if (rows.Count < 2 || await FindAsync(sql, rows[0].SeriesId) is not { } series) return null;
        var members = rows.Select(r => r.ToIncident()).ToList();
        return new(series.Name, members.FindIndex(m => m.Id == incident) + 1, members.Count, members, series.Version);
    }

    /// <summary>The id of the active link between two incidents, or null.</summary>
    public static async Task<Guid?> ActiveAsync(ISql sql, Guid incident, Guid other) =>
        (await sql.FirstOrDefaultAsync<IdRow>("IncidentLink_Active", new { IncidentId = incident, OtherId = other }))?.Id;

    public static async Task LinkAsync(UnitOfWork tx, Guid one, Guid other, string reason, Actor actor)
    {
        var link = OrderedId.Next(tx.Now);
        await tx.ExecuteAsync("IncidentLink_Insert", new[] { (one, other), (other, one) }.Select(pair => new
        {
            LinkId = link,
            IncidentId = pair.Item1,
            OtherId = pair.Item2,
            Reason = reason,
            LinkedAt = tx.Now,
            LinkedById = actor.Id,
            LinkedByName = actor.Name,
        }));
    }

    public static Task UnlinkAsync(UnitOfWork tx, Guid link, Guid one, Guid other, string reason, Actor actor) =>
        tx.ExecuteAsync("IncidentLink_Remove", new[] { one, other }.Select(incident => new
        {
            LinkId = link,
            IncidentId = incident,
            RemovedAt = tx.Now,
            RemovedById = actor.Id,
            RemovedByName = actor.Name,
            RemoveReason = reason,
        }));

    /// <summary>The series of an incident with all its members, or null.</summary>
    public static async Task<SeriesRecord?> LoadSeriesAsync(ISql sql, Guid incident)
    {
        var rows = await sql.QueryAsync<SeriesMemberRow>("IncidentSeriesMember_All", new { IncidentId = incident });
        return rows.Count > 0 && await FindAsync(sql, rows[0].SeriesId) is { } series
            ? new(series.Id, series.Name, [.. rows.Select(r => r.IncidentId)], series.Version,
                new(series.ChangedAt, series.ChangedBy, series.ChangedWhat)) : null;
    }

    /// <summary>Writes a series as a whole. Without members it ends.</summary>
    public static async Task SaveSeriesAsync(UnitOfWork tx, SeriesRecord? before, Guid id, string name, IReadOnlyList<Guid> members,
        Actor actor, string what)
    {
        await tx.ExecuteAsync("IncidentSeriesMember_Delete", new { SeriesId = id });
        if (members.Count == 0)
        {
            await tx.ExecuteAsync("IncidentSeries_Delete", new { Id = id });
            return;
        }
        var change = ChangeNote.Of(tx.Now, actor.Name, what);
        var row = new
        {
            Id = id,
            Name = name,
            Version = (before?.Version ?? 0) + 1,
            ChangedAt = change.At,
            ChangedBy = change.By,
            ChangedWhat = change.What,
            ExpectedVersion = before?.Version ?? 0,
        };
        if (await tx.ExecuteAsync(before is null ? "IncidentSeries_Insert" : "IncidentSeries_Update", row) == 0)
            throw new ConcurrencyConflictException(name);
        await tx.ExecuteAsync("IncidentSeriesMember_Insert", members.Select((m, i) => new { SeriesId = id, IncidentId = m, Ordinal = i }));
    }

    private static Task<SeriesRow?> FindAsync(ISql sql, Guid id) =>
        sql.FirstOrDefaultAsync<SeriesRow>("IncidentSeries_Find", new { Id = id });

    private sealed record LinkRow : RelatedIncidentRow
    {
        public required string Reason { get; init; }
        public required DateTimeOffset LinkedAt { get; init; }
        public required string LinkedByName { get; init; }
        public required DateTimeOffset? RemovedAt { get; init; }
        public required string? RemovedByName { get; init; }
        public required string? RemoveReason { get; init; }

        public IncidentLinkView ToView() => new(ToIncident(), Reason, LinkedAt, LinkedByName, RemovedAt, RemovedByName, RemoveReason);
    }

    private sealed record SharedRow : RelatedIncidentRow
    {
        public required string? Dataset { get; init; }
        public required string? Program { get; init; }
    }

    private sealed record MemberRow : RelatedIncidentRow
    {
        public required Guid SeriesId { get; init; }
    }

    private sealed record SeriesMemberRow
    {
        public required Guid SeriesId { get; init; }
        public required Guid IncidentId { get; init; }
    }

    private sealed record SeriesRow
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required int Version { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string ChangedBy { get; init; }
        public required string ChangedWhat { get; init; }
    }

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}

/// <summary>A series with all its members, whoever asks: for the rules only.</summary>
internal sealed record SeriesRecord(Guid Id, string Name, IReadOnlyList<Guid> Members, int Version, ChangeNote LastChange);
