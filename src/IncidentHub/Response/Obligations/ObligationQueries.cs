using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Obligations;

/// <summary>Filters of the list of obligations; all are optional.</summary>
internal sealed record ObligationFilter
{
    /// <summary>Only what is not met and not decided against.</summary>
    public bool Open { get; init; }

    /// <summary>Only what is late.</summary>
    public bool Late { get; init; }

    /// <summary>Only what is due before this time.</summary>
    public DateTimeOffset? DueBefore { get; init; }
    public string? Incident { get; init; }
    public string? Regime { get; init; }

    /// <summary>Nothing of restricted incidents, whoever asks.</summary>
    public bool Public { get; init; }
}

/// <summary>Published queries.</summary>
internal sealed class ObligationQueries(Db db, TimeProvider clock, IncidentReader incidents, RestrictedReads reads)
{
    /// <summary>Those due first at the top; those without a due time last.</summary>
    public async Task<Result<Page<ObligationView>>> ListAsync(ObligationFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var after = Cursor.DecodeTimeAndId("obligations", cursor);
        if (!after.IsOk) return after.Refusal!;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        return await db.ReadAsync<Result<Page<ObligationView>>>(
            async sql =>
            {
                if (await UnknownAsync(sql, filter, viewer) is { } unknown) return unknown;
                var rows = await RowsAsync(sql, filter, after.Value, size.Value + 1, viewer);
                foreach (var row in rows.Where(r => r.Confidentiality == nameof(Confidentiality.Restricted)))
                    reads.Note(viewer, "obligation.listed", $"obligation {row.Code}", [row.IncidentId]);
                var page = Page<ObligationRow>.Of(rows, size.Value, "obligations", r => [r.DueOrder, r.Id]);
                return new Page<ObligationView>(await ViewsAsync(sql, page.Items), page.NextCursor);
            },
            ct);
    }

    public async Task<Result<ObligationView>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        return await db.ReadAsync<Result<ObligationView>>(
            async sql =>
            {
                if (await ObligationStore.LoadAsync(sql, viewer, code) is not { } found) return Refusal.NotFound("The obligation");
                if (found.Row.Confidentiality == nameof(Confidentiality.Restricted))
                    reads.Note(viewer, "obligation.read", $"obligation {found.Row.Code}", [found.Row.IncidentId]);
                return (await ViewsAsync(sql, [found.Row]))[0];
            },
            ct);
    }

    /// <summary>What the exposures of an incident suggest and is not on its list yet.</summary>
    public async Task<Result<IReadOnlyList<ProposalView>>> ProposalsAsync(string incidentCode, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        return await db.ReadAsync<Result<IReadOnlyList<ProposalView>>>(
            async sql =>
            {
                if (await incidents.FindVisibleAsync(sql, viewer, incidentCode) is not { } incident)
                    return Refusal.NotFound("The incident");
                var exposed = await ExposedAsync(sql, incident.Id);
                var versions = (await RegimeStore.ListAsync(sql)).Select(v => v.Regime).GroupBy(r => r.Code);
                var now = clock.GetUtcNow();
                var inForce = versions.Select(v => Regime.InForce(v, now)).OfType<Regime>();
                var tracked = (await sql.QueryAsync<TrackedRow>("Obligation_Tracked", new { IncidentId = incident.Id }))
                    .Select(t => t.RegimeCode).ToHashSet();
                return ObligationProposals.Of(inForce, exposed).Where(p => !tracked.Contains(p.Regime.Code))
                    .Select(p => new ProposalView(p.Regime.Code, p.Regime.Name, p.Because, [.. p.Duties.Select(d => d.Name)])).ToArray();
            },
            ct);
    }

    /// <summary>Published query: how many obligations that the viewer may see are due by a time, late ones included.</summary>
    public static async Task<int> CountDueAsync(ISql sql, Actor viewer, DateTimeOffset by) =>
        (int)await sql.ScalarAsync<long>("Obligation_CountDue", Visibility.Of(viewer, new { DueBefore = by }));

    /// <summary>Published query: those due by a time, the first at the top.</summary>
    public async Task<IReadOnlyList<ObligationView>> DueAsync(ISql sql, Actor viewer, DateTimeOffset by, int most) =>
        await ViewsAsync(sql, await RowsAsync(sql, new() { DueBefore = by }, null, most, viewer));

    /// <summary>Published query: codes of obligations of an incident that are neither met nor decided against.</summary>
    public static async Task<IReadOnlyList<string>> UnsettledAsync(ISql sql, Guid incidentId) =>
        [.. (await sql.QueryAsync<CodeRow>("Obligation_Unsettled", new { IncidentId = incidentId })).Select(r => r.Code)];

    private async Task<IReadOnlyList<ObligationView>> ViewsAsync(ISql sql, IReadOnlyList<ObligationRow> rows)
    {
        var now = clock.GetUtcNow();
        var notices = await ObligationStore.NoticesAsync(sql, [.. rows.Select(r => r.Id)]);
        var views = new List<ObligationView>(rows.Count);
        var calendars = new Dictionary<string, IReadOnlySet<DateOnly>>();
        foreach (var row in rows)
        {
            var o = row.ToState(notices.GetValueOrDefault(row.Id, []));
            var calendar = o.Regime.Calendar ?? "";
            if (!calendars.TryGetValue(calendar, out var days)) calendars[calendar] = days = await RegimeStore.DaysAsync(sql, o.Regime);
            views.Add(ObligationView.Of(row, o, o.WorstCase(row.KnownAt, days), now));
        }
        return views;
    }

    private async Task<IReadOnlyList<ObligationRow>> RowsAsync(ISql sql, ObligationFilter filter, (DateTimeOffset At, Guid Id)? after,
        int limit, Actor viewer)
    {
        var due = filter.DueBefore ?? (filter.Late ? clock.GetUtcNow() : null);
        var options = new List<string>();
        if (after is not null) options.Add("After");
        if (filter.Open) options.Add("Open");
        if (filter.Public) options.Add("Public");
        if (due is not null) options.Add("DueBefore");
        if (!string.IsNullOrWhiteSpace(filter.Incident)) options.Add("Incident");
        if (!string.IsNullOrWhiteSpace(filter.Regime)) options.Add("Regime");
        var args = Visibility.Of(viewer, new
        {
            AfterDue = after?.At,
            AfterId = after?.Id,
            DueBefore = due,
            IncidentCode = Codes.Upper(filter.Incident),
            RegimeCode = Codes.Upper(filter.Regime),
            Limit = limit,
        });
        return await sql.QueryAsync<ObligationRow>("Obligation_List", args, [.. options]);
    }

    /// <summary>The refusal of a filter that names what does not exist for the viewer, or null.</summary>
    private async Task<Refusal?> UnknownAsync(ISql sql, ObligationFilter filter, Actor viewer)
    {
        if (!string.IsNullOrWhiteSpace(filter.Incident) && await incidents.FindVisibleAsync(sql, viewer, filter.Incident) is null)
            return Refusal.Invalid("incident", "There is no incident with this code.");
        if (!string.IsNullOrWhiteSpace(filter.Regime)
            && (await RegimeStore.VersionsAsync(sql, Codes.Upper(filter.Regime))).Count == 0)
            return Refusal.Invalid("regime", "There is no regime with this code.");
        return null;
    }

    // One row for each region of the exposed dataset.
    private static async Task<IReadOnlyList<ExposedData>> ExposedAsync(ISql sql, Guid incidentId) =>
        [.. (await sql.QueryAsync<ExposedRow>("Obligation_Exposed", new { IncidentId = incidentId })).GroupBy(r => r.ExposureId)
            .Select(g => new ExposedData(g.First().Categories.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                [.. g.Select(r => r.Region).OfType<string>()], g.First().Subjects))];

    private sealed record ExposedRow
    {
        public required Guid ExposureId { get; init; }
        public required string Categories { get; init; }
        public required long? Subjects { get; init; }
        public required string? Region { get; init; }
    }

    private sealed record TrackedRow
    {
        public required string RegimeCode { get; init; }
    }

    private sealed record CodeRow
    {
        public required string Code { get; init; }
    }
}
