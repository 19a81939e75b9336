using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Programs;

/// <summary>The filter of a list of programs.</summary>
internal sealed record ProgramFilter
{
    public ProgramLifecycle? Lifecycle { get; init; }

    /// <summary>Programs whose owner or deputy is the viewer.</summary>
    public bool Mine { get; init; }
    public string? Category { get; init; }
    public string? Region { get; init; }

    /// <summary>A prefix of the code, the name, or a word of the name.</summary>
    public string? Text { get; init; }
    public DateTimeOffset? UpdatedSince { get; init; }
}

/// <summary>A line of the list of programs.</summary>
internal sealed record ProgramListItem
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required ProgramLifecycle Lifecycle { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Unit { get; init; }
    public required Participation Participation { get; init; }
    public required int? People { get; init; }
    public required string? Population { get; init; }
    public required string? LaunchDate { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required int Safeguards { get; init; }
    public required int Broken { get; init; }
    public required int Verified { get; init; }
    public required int TtlSeconds { get; init; }
    public required int GracePeriodSeconds { get; init; }
    public required int RenewalSeconds { get; init; }
    public required int Version { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> Regions { get; init; } = [];
    public IReadOnlyList<Guid> DeputyIds { get; init; } = [];

    public ProgramFacts ToFacts() => new()
    {
        Id = Id,
        Code = Code,
        Name = Name,
        OwnerId = OwnerId,
        OwnerName = OwnerName,
        DeputyIds = DeputyIds,
        Lifecycle = Lifecycle,
        Categories = Categories,
        Regions = Regions,
        Ttl = TimeSpan.FromSeconds(TtlSeconds),
        GracePeriod = TimeSpan.FromSeconds(GracePeriodSeconds),
        Renewal = TimeSpan.FromSeconds(RenewalSeconds),
        Version = Version,
    };
}

/// <summary>A program with its safeguards, for its page and the API.</summary>
internal sealed record ProgramPage(ProgramRecord Program, IReadOnlyList<SafeguardRecord> Safeguards);

internal sealed class ProgramQueries(Db db, ISubjectVisibility subjects, TimeProvider clock)
{
    /// <summary>One page, by code.</summary>
    public async Task<Result<Page<ProgramListItem>>> ListAsync(ProgramFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
        var after = Cursor.DecodeText("programs", cursor);
        if (after.Refusal is { } badCursor) return badCursor;
        var size = Cursor.Limit(limit);
        if (size.Refusal is { } badLimit) return badLimit;
        return await db.ReadAsync(sql => PageAsync(sql, filter, after.Value, size.Value, viewer), ct);
    }

    public async Task<Result<ProgramPage>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
        return await db.ReadAsync<Result<ProgramPage>>(
            async sql => await ProgramStore.LoadAsync(sql, code) is { } program
                ? new ProgramPage(program, await SafeguardStore.OfProgramAsync(sql, program.State.Id, subjects, viewer))
                : Refusal.NotFound("The program"),
            ct);
    }

    private async Task<Page<ProgramListItem>> PageAsync(ISql sql, ProgramFilter filter, string after, int limit, Actor viewer)
    {
        var start = LikeText.Prefix(filter.Text);
        var args = SafeguardCounts.Since(clock.GetUtcNow(), new
        {
            After = after,
            Lifecycle = filter.Lifecycle?.ToString(),
            PersonId = viewer.Id,
            Category = DataCategories.Key(filter.Category ?? ""),
            Region = Regions.Key(filter.Region ?? ""),
            CodeStart = start.ToUpperInvariant(),
            NameStart = start,
            WordStart = LikeText.Word(filter.Text),
            filter.UpdatedSince,
            Limit = limit + 1,
        });
        var rows = await sql.QueryAsync<ProgramListItem>("Program_List", args, [.. Options(filter)]);
        var page = Page<ProgramListItem>.Of(rows, limit, "programs", r => [r.Code]);
        if (page.Items.Count == 0) return page;
        // By range instead of a list of ids: one statement of constant text on both engines.
        var range = new { First = page.Items[0].Code, Last = page.Items[^1].Code };
        var items = (await sql.QueryAsync<ItemRow>("Program_ItemsBetween", range)).ToLookup(i => (i.ProgramId, i.Kind), i => i.Value);
        var deputies = (await sql.QueryAsync<DeputyRow>("Program_DeputiesBetween", range)).ToLookup(d => d.ProgramId, d => d.PersonId);
        return page.Map(p => p with
        {
            Categories = [.. items[(p.Id, "Category")]],
            Regions = [.. items[(p.Id, "Region")]],
            DeputyIds = [.. deputies[p.Id]]
        });
    }

    private static IEnumerable<string> Options(ProgramFilter filter)
    {
        if (filter.Lifecycle is not null) yield return "Lifecycle";
        if (filter.Mine) yield return "PersonId";
        if (!string.IsNullOrWhiteSpace(filter.Category)) yield return "Category";
        if (!string.IsNullOrWhiteSpace(filter.Region)) yield return "Region";
        if (!string.IsNullOrWhiteSpace(filter.Text)) yield return "Text";
        if (filter.UpdatedSince is not null) yield return "UpdatedSince";
    }

    private sealed record ItemRow
    {
        public required Guid ProgramId { get; init; }
        public required string Kind { get; init; }
        public required string Value { get; init; }
    }

    private sealed record DeputyRow
    {
        public required Guid ProgramId { get; init; }
        public required Guid PersonId { get; init; }
    }
}
