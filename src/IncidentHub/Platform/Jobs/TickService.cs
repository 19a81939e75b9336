using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Jobs;

/// <summary>
/// Work that runs again and again, most of it every few seconds. Due times are kept in the feature's own tables: a tick that runs twice,
/// or late, does no harm.
/// </summary>
internal interface ITick
{
    /// <summary>From the start of one run to the next.</summary>
    static abstract TimeSpan Every { get; }

    Task RunAsync(CancellationToken ct);
}

/// <summary>
/// Runs a tick sequentially, where this node holds its lease, so that several nodes do not repeat the work. A SQLite file has one node. It
/// uses no queue and no job storage: the switch depends on nothing but the hub's own database.
/// </summary>
internal sealed partial class TickService<T>(
    T tick, Db db, HubNode node, TimeProvider clock, IHostApplicationLifetime life, ILogger<TickService<T>> log)
    : BackgroundService where T : ITick
{
    private readonly TickLease _lease = new(typeof(T).Name, node, db, clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By then the database is migrated and everything is loaded.
        await life.ApplicationStarted.OccursAsync(stoppingToken);
        using var timer = new PeriodicTimer(T.Every, clock);
        do
        {
            try
            {
                if (!node.HasOthers || await _lease.HoldsAsync(stoppingToken)) await tick.RunAsync(stoppingToken);
            }
            catch (Exception e)
            {
                // A cancelled run at shutdown is not an error.
                if (stoppingToken.IsCancellationRequested) return;
                LogFailed(e, typeof(T).Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "Tick {Tick} failed; retrying")]
    private partial void LogFailed(Exception e, string tick);
}

internal static class Occurrence
{
    /// <summary>Waits until the token is cancelled: the host signals its states by tokens.</summary>
    public static async Task OccursAsync(this CancellationToken occurrence, CancellationToken ct)
    {
        var occurred = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = occurrence.Register(occurred.SetResult);
        await occurred.Task.WaitAsync(ct);
    }
}
