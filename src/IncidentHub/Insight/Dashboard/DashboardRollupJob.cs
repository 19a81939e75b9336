using Hangfire;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Insight.Dashboard;

/// <summary>
/// Maintains the rollups: reads what changed since the last run, in the order of the changes, and replaces its share of the sums. Reading a
/// row again changes nothing, so each run begins slightly before the last cursor: a transaction that committed late is not missed. If there
/// are more incidents than it has read (loaded in bulk, with past times), it reads all of them again. Later changes are added when the
/// dashboard is read (<see cref="UncountedChanges"/>).
/// </summary>
[AutomaticRetry(Attempts = 1, DelaysInSeconds = [15])]
internal sealed class DashboardRollupJob(Db db, HubNode node, TimeProvider clock) : DurableJob
{
    private const string Topic = "dashboard", RestrictedTopic = "dashboard:restricted";

    // Small enough that no other writer waits noticeably for the write gate.
    private const int Batch = 60;

    private readonly TimeSpan _lateCommit = node.HasOthers ? Db.LongestCommit : TimeSpan.FromSeconds(5);

    /// <summary>The topics of the sums that this viewer may read.</summary>
    public static IReadOnlyList<string> TopicsOf(Actor viewer) =>
        AccessTable.Allows(viewer, Act.ReadRestricted) ? [Topic, RestrictedTopic] : [Topic];

    public override async Task RunAsync(CancellationToken ct)
    {
        await CountAsync(ct);
        foreach (var source in RollupSource.All) await FollowAsync(source, ct);
    }

    private async Task CountAsync(CancellationToken ct)
    {
        var missing = await db.ReadAsync(
            async sql =>
            {
                long there = 0;
                foreach (var source in RollupSource.All) there += await source.CountAsync(sql);
                return there > await DashboardStore.SharesAsync(sql);
            },
            ct);
        if (!missing) return;
        await db.WriteAsync<Done>(
            async tx =>
            {
                await DashboardStore.ClearPositionsAsync(tx);
                return default(Done);
            },
            ct: ct);
    }

    private async Task FollowAsync(RollupSource source, CancellationToken ct)
    {
        var place = await db.ReadAsync(sql => DashboardStore.PlaceAsync(sql, source.Name), ct);
        while (true)
        {
            var read = await db.ReadAsync(sql => source.ReadAsync(sql, place, Batch), ct);
            if (read.Count == 0) return;
            place = new() { ReadAt = read[^1].At, ReadId = read[^1].Id };
            await SaveAsync(source.Name, read, ct);
            if (read.Count < Batch) return;
        }
    }

    private async Task SaveAsync(string name, IReadOnlyList<SourceShare> read, CancellationToken ct)
    {
        // Rows near the cursor are read again next time: a transaction with an earlier timestamp may still commit.
        var settled = read.LastOrDefault(s => s.At < clock.GetUtcNow() - _lateCommit);
        var same = settled is null && !await db.ReadAsync(sql => DashboardStore.DiffersAsync(sql, read), ct);
        if (same) return;
        await db.WriteAsync<Done>(
            async tx =>
            {
                foreach (var part in await DashboardStore.ApplyAsync(tx, read)) tx.Touch(part.Restricted ? RestrictedTopic : Topic);
                if (settled is not null)
                    await DashboardStore.SetPositionAsync(tx, name, new() { ReadAt = settled.At, ReadId = settled.Id });
                return default(Done);
            },
            ct: ct);
    }
}
