using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Live;

/// <summary>
/// Looks each second for what other nodes committed, and notifies the open pages of this node as if it had been committed here. A SQLite
/// file has one node, so nothing is read.
/// </summary>
internal sealed partial class NodeWatch(Db db, HubNode node, NodeChanges changes, LiveFeed live, TimeProvider clock, ILogger<NodeWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Raised with the topics that another node changed, for caches; null: everything may have changed.</summary>
    public event Action<IReadOnlyCollection<string>?>? Changed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!node.HasOthers) return;
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            Take(await db.ReadAsync(changes.ReadAsync, ct));
        }
        finally
        {
            _one.Release();
        }
    }

    private void Take(IReadOnlyList<SubjectTopics>? found)
    {
        if (found is null)
        {
            Changed?.Invoke(null);
            live.PublishAll();
            return;
        }
        if (found.Count == 0) return;
        Changed?.Invoke(found.SelectMany(c => c.Topics).ToHashSet());
        var (hidden, seen) = (found.Where(c => c.Subjects.Count > 0).ToList(), found.Where(c => c.Subjects.Count == 0));
        db.Deliver(seen.SelectMany(c => c.Topics).ToHashSet(), hidden);
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "What other nodes changed could not be read; retrying")]
    private partial void LogFailed(Exception e);
}

/// <summary>Deletes what every node has read.</summary>
internal sealed class NodeChangeExpiry(Db db, HubNode node) : ITick
{
    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        if (!node.HasOthers) return;
        while ((await db.WriteAsync<int>(async tx => await NodeChanges.ExpireAsync(tx), ct: ct)).Value > 0)
            ct.ThrowIfCancellationRequested();
    }
}
