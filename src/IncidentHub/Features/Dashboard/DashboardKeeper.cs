using IncidentHub.Features.Decisions;
using IncidentHub.Features.Incidents;
using IncidentHub.Platform;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Features.Dashboard;

/// <summary>
/// Keeps the rollups: reads what changed since the last time, in the order of the changes, and replaces its part in the sums. The same row
/// again changes nothing, so it begins a little before where it stopped: a transaction that committed late is not missed. Where there are more
/// incidents than it has read (loaded in bulk, with times of the past), it reads all of them again.
/// </summary>
internal sealed class DashboardKeeper(Db db, TimeProvider clock) : ITick
{
    public const string Topic = "dashboard";

    // Small enough that nobody waits for the write gate.
    private const int Batch = 60;
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);
    private DateTimeOffset _counted;
    private static readonly TimeSpan LateCommit = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken ct)
    {
        await CountAsync(ct);
        await FollowAsync("Incidents", async (sql, at) =>
            [.. (await IncidentMoments.ChangedAfterAsync(sql, at.ReadAt, at.ReadId, Batch)).Select(i => new Source(i.Id, i.ChangedAt, new(Tally.Of(i), Tally.Programs(i))))], ct);
        await FollowAsync("Decisions", async (sql, at) =>
            [.. (await DecidedDecision.AfterAsync(sql, at.ReadAt, at.ReadId, Batch)).Select(d => new Source(d.Id, d.DecidedAt, new(Tally.Of(d), [d.ProgramCode])))], ct);
    }

    private async Task CountAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - _counted < CountEvery) return;
        _counted = now;
        var (there, read) = await db.ReadAsync(
            async sql => (await IncidentMoments.CountAsync(sql) + await DecidedDecision.CountAsync(sql), await DashboardStore.SharesAsync(sql)), ct);
        if (there <= read) return;
        await db.WriteAsync<Done>(
            async tx =>
            {
                await DashboardStore.ForgetPlacesAsync(tx);
                return default(Done);
            },
            ct: ct);
    }

    private sealed record Source(Guid Id, DateTimeOffset At, Share Share);

    private async Task FollowAsync(string name, Func<ISql, ReadPlace, Task<IReadOnlyList<Source>>> readAsync, CancellationToken ct)
    {
        var place = await db.ReadAsync(sql => DashboardStore.PlaceAsync(sql, name), ct);
        while (true)
        {
            var sources = await db.ReadAsync(sql => readAsync(sql, place), ct);
            if (sources.Count == 0) return;
            place = new() { ReadAt = sources[^1].At, ReadId = sources[^1].Id };
            await SaveAsync(name, sources, ct);
            if (sources.Count < Batch) return;
        }
    }

    private async Task SaveAsync(string name, IReadOnlyList<Source> sources, CancellationToken ct)
    {
        // What may still have late company is read once more next time.
        var settled = sources.LastOrDefault(s => s.At < clock.GetUtcNow() - LateCommit);
        var same = settled is null && !await db.ReadAsync(sql => DashboardStore.DiffersAsync(sql, [.. sources.Select(s => (s.Id, s.Share))]), ct);
        if (same) return;
        await db.WriteAsync<Done>(
            async tx =>
            {
                if (await DashboardStore.ApplyAsync(tx, [.. sources.Select(s => (s.Id, s.Share))])) tx.Touch(Topic);
                if (settled is not null) await DashboardStore.SetPlaceAsync(tx, name, new() { ReadAt = settled.At, ReadId = settled.Id });
                return default(Done);
            },
            ct: ct);
    }
}
