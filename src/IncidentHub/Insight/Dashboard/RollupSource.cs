using IncidentHub.Decisions;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Insight.Dashboard;

/// <summary>The current contribution of one row of a source.</summary>
internal sealed record SourceShare(Guid Id, DateTimeOffset At, Share Share);

/// <summary>A source of the sums, read in the order of its changes.</summary>
internal sealed record RollupSource(
    string Name, Func<ISql, Task<long>> CountAsync, Func<ISql, ReadPosition, int, Task<IReadOnlyList<SourceShare>>> ReadAsync)
{
    public static IReadOnlyList<RollupSource> All { get; } =
    [
        new("Incidents", MeasuredIncident.CountAsync, async (sql, at, limit) =>
            [.. (await MeasuredIncident.ChangedAfterAsync(sql, at.ReadAt, at.ReadId, limit))
                .Select(i => new SourceShare(i.Id, i.ChangedAt, new(Rollup.Of(i), Rollup.Programs(i))))]),
        new("Decisions", DecidedDecision.CountAsync, async (sql, at, limit) =>
            [.. (await DecidedDecision.AfterAsync(sql, at.ReadAt, at.ReadId, limit))
                .Select(d => new SourceShare(d.Id, d.DecidedAt, new(Rollup.Of(d), [d.ProgramCode])))]),
    ];
}

/// <summary>
/// The changes since the last rollup run: by how much each sum differs from the stored one. The last minute of a busy day is a few dozen
/// rows. If there are more (the demo, a bulk load), only the oldest are added; the next rollup run adds the rest.
/// </summary>
internal static class UncountedChanges
{
    private const int MostRead = 500;

    public static async Task<IReadOnlyDictionary<RollupPart, int>> ReadAsync(ISql sql, string program, bool seesRestricted)
    {
        var sums = new Dictionary<RollupPart, int>();
        foreach (var source in RollupSource.All)
        {
            var read = await source.ReadAsync(sql, await DashboardStore.PlaceAsync(sql, source.Name), MostRead);
            if (read.Count == 0) continue;
            foreach (var ((of, part), by) in await DashboardStore.ChangesAsync(sql, read))
            {
                if (of == program && by != 0 && (seesRestricted || !part.Restricted)) sums[part] = sums.GetValueOrDefault(part) + by;
            }
        }
        return sums;
    }
}
