using IncidentHub.Decisions;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Insight.Dashboard;

/// <summary>What one row of a source adds at present.</summary>
internal sealed record SourceShare(Guid Id, DateTimeOffset At, Share Share);

/// <summary>What the sums are made of, read in the order of its changes.</summary>
internal sealed record TallySource(
    string Name, Func<ISql, Task<long>> CountAsync, Func<ISql, ReadPlace, int, Task<IReadOnlyList<SourceShare>>> ReadAsync)
{
    public static IReadOnlyList<TallySource> All { get; } =
    [
        new("Incidents", IncidentMoments.CountAsync, async (sql, at, limit) =>
            [.. (await IncidentMoments.ChangedAfterAsync(sql, at.ReadAt, at.ReadId, limit))
                .Select(i => new SourceShare(i.Id, i.ChangedAt, new(Tally.Of(i), Tally.Programs(i))))]),
        new("Decisions", DecidedDecision.CountAsync, async (sql, at, limit) =>
            [.. (await DecidedDecision.AfterAsync(sql, at.ReadAt, at.ReadId, limit))
                .Select(d => new SourceShare(d.Id, d.DecidedAt, new(Tally.Of(d), [d.ProgramCode])))]),
    ];
}

/// <summary>
/// What changed since the rollups were kept: by how much each sum differs from the stored one. The last minute of a busy day is some dozen
/// rows. Of more (the demo, a bulk load) the oldest are added, and the rest when the rollups are kept.
/// </summary>
internal static class UncountedChanges
{
    private const int MostRead = 500;

    public static async Task<IReadOnlyDictionary<TallyPart, int>> ReadAsync(ISql sql, string program, bool seesRestricted)
    {
        var sums = new Dictionary<TallyPart, int>();
        foreach (var source in TallySource.All)
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
