using System.Globalization;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Response.Reviews;
using IncidentHub.Response.Tasks;
using IncidentHub.Platform.Database;

namespace IncidentHub.Insight.Dashboard;

/// <summary>The dashboard: open items are queried live; history is the rollups plus the changes that they do not contain yet.</summary>
internal sealed class DashboardQueries(Db db, ProgramReader programs, PauseCauses causes, RestrictedReads reads, ReviewQueries reviews,
    TimeProvider clock)
{
    public const int Quarter = 13;
    public const int Year = 52;
    private const int WorstShown = 5;
    private const int AtRiskShown = 100;
    private const int ProgramsShown = 6;
    private const int CausesShown = 6;

    /// <param name="weeks"><see cref="Quarter"/> or <see cref="Year"/>, this week included; the measures are compared with as many weeks
    /// before them.</param>
    /// <param name="program">Code of the program that all figures are for; null: all programs.</param>
    public async Task<Result<DashboardView>> LoadAsync(int weeks, Actor viewer, string? program = null, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadDashboard) is { } denied) return denied;
        var now = clock.GetUtcNow();
        var first = Rollup.Monday(now).AddDays(-7 * (weeks - 1));
        var code = Codes.Upper(program) is { Length: > 0 } known ? known : null;
        var args = new
        {
            Program = code ?? Share.All,
            FromWeek = Text(first),
            PreviousFrom = Text(first.AddDays(-7 * weeks)),
            SeesRestricted = AccessTable.Allows(viewer, Act.ReadRestricted),
        };
        var view = await db.ReadAsync<Result<DashboardView>>(
            async sql =>
            {
                var only = code is null ? null : await programs.FindByCodeAsync(sql, code);
                if (code is not null && only is null) return Refusal.Invalid("program", "There is no program with this code.");
                var live = await UncountedChanges.ReadAsync(sql, args.Program, args.SeesRestricted);
                var stopped = (await OpenPauses.AllAsync(sql, programs, causes, viewer)).Where(p => only is null || p.Program.Id == only.Id)
                    .ToList();
                return new DashboardView(
                    weeks,
                    only?.Code,
                    await OpenIncidents.BySevAsync(sql, viewer, only?.Id),
                    await OpenIncidents.WorstFirstAsync(sql, viewer, WorstShown, only?.Id),
                    await OpenIncidents.UpdatesDueAsync(sql, viewer, now + OpenIncidents.AtRisk, null, AtRiskShown, only?.Id),
                    [.. stopped.Where(p => p.IsPaused)],
                    stopped.Count(p => p.Status == CollectionStatus.Held),
                    await SafeguardCounts.AtAsync(sql, now, only?.Id),
                    await OverdueTasks.CountAsync(sql, viewer, now, only?.Id),
                    Weeks(first, weeks, await sql.QueryAsync<WeekRow>("DashboardRollup_Weeks", args), live),
                    Measures(await sql.QueryAsync<MeasureRow>("DashboardRollup_Measures", args), live, args.FromWeek, args.PreviousFrom),
                    await PausedTimeAsync(sql, now, only?.Id),
                    await ReviewQueries.CountDueAsync(sql, viewer, now, only?.Id),
                    [.. (await reviews.CausesAsync(sql, viewer, only?.Id)).Where(c => c.Incidents > 0)
                        .OrderByDescending(c => c.Incidents).Take(CausesShown)]);
            },
            ct);
        if (view.IsOk) reads.OfList(viewer, view.Value.Worst.Concat(view.Value.AtRisk.Items));
        return view;
    }

    private async Task<IReadOnlyList<PausedProgram>> PausedTimeAsync(ISql sql, DateTimeOffset now, Guid? only)
    {
        var shown = new List<PausedProgram>();
        foreach (var paused in (await PausedTime.SinceAsync(sql, now.AddYears(-1), now)).Where(p => only is null || p.ProgramId == only)
            .Take(ProgramsShown))
        {
            if (await programs.FindAsync(sql, paused.ProgramId) is { } program) shown.Add(new(program.Code, program.Name, paused.Total));
        }
        return shown;
    }

    private static IReadOnlyList<WeekCount> Weeks(
        DateOnly first, int weeks, IReadOnlyList<WeekRow> rows, IReadOnlyDictionary<RollupPart, int> live)
    {
        var added = live.Where(c => c.Key.Kind == RollupKind.Incidents).Select(c => (c.Key.Week, c.Key.Item, Total: (long)c.Value));
        var sums = rows.Select(r => (r.Week, r.Item, r.Total)).Concat(added).GroupBy(r => (r.Week, r.Item))
            .Select(g => (g.Key.Week, g.Key.Item, Total: g.Sum(r => r.Total)));
        var byWeek = sums.Where(r => r.Total > 0).ToLookup(r => r.Week);
        return [.. Enumerable.Range(0, weeks).Select(n => first.AddDays(7 * n))
            .Select(monday => new WeekCount(monday, byWeek[Text(monday)].ToDictionary(r => (Sev)r.Item, r => r.Total)))];
    }

    private static IReadOnlyList<MeasureLine> Measures(
        IReadOnlyList<MeasureRow> rows, IReadOnlyDictionary<RollupPart, int> live, string fromWeek, string previousFrom)
    {
        var byKind = rows.ToLookup(r => r.Kind);
        return [.. Enum.GetValues<RollupKind>().Where(k => k != RollupKind.Incidents).Select(kind =>
        {
            var added = live.Where(c => c.Key.Kind == kind).Select(c => (c.Key.Week, c.Key.Item, Count: (long)c.Value)).ToList();
            var since = added.Where(c => string.CompareOrdinal(c.Week, fromWeek) >= 0).Select(c => (c.Item, c.Count));
            var before = added.Where(c => string.CompareOrdinal(c.Week, fromWeek) < 0 && string.CompareOrdinal(c.Week, previousFrom) >= 0)
                .Select(c => (c.Item, c.Count));
            var present = Sums(byKind[kind.ToString()].Select(r => (r.Item, r.Present)).Concat(since));
            var former = Sums(byKind[kind.ToString()].Select(r => (r.Item, r.Previous)).Concat(before));
            return new MeasureLine(
                kind, present.Sum(p => p.Count), Rollup.Quantile(present, .5), Rollup.Quantile(present, .9), Rollup.Quantile(former, .5));
        })];
    }

    private static IReadOnlyCollection<(int Bucket, long Count)> Sums(IEnumerable<(int Bucket, long Count)> counts) =>
        [.. counts.GroupBy(c => c.Bucket).Select(g => (g.Key, g.Sum(c => c.Count))).Where(c => c.Item2 > 0)];

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record WeekRow
    {
        public required string Week { get; init; }
        public required int Item { get; init; }
        public required long Total { get; init; }
    }

    private sealed record MeasureRow
    {
        public required string Kind { get; init; }
        public required int Item { get; init; }
        public required long Present { get; init; }
        public required long Previous { get; init; }
    }
}
