using Hangfire;
using Hangfire.States;

namespace IncidentHub.Platform.Jobs;

/// <summary>The queues of the job server; each has its own worker, so that long jobs do not delay others.</summary>
internal static class Queues
{
    public const string Default = EnqueuedState.DefaultQueue;
    public const string Long = "long";
}

/// <summary>
/// Work that runs every minute, hour or night, or takes long; its feature's module registers it with <c>AddRecurringJob</c>. Work with a
/// period of seconds, and everything that the switch depends on, is an <see cref="ITick"/> instead (decision 90). A job may be interrupted
/// anywhere and run again: due work is kept in the feature's own tables, so that a late or repeated run, or the loss of the job storage,
/// does no harm. Arguments are ids only: they are stored and shown in clear text.
/// </summary>
[DisableConcurrentExecution(WaitSeconds)]
[AutomaticRetry(Attempts = 5, DelaysInSeconds = [15, 60, 300, 900, 3600], OnAttemptsExceeded = AttemptsExceededAction.Fail)]
internal abstract class DurableJob
{
    /// <summary>How long a run waits for a run on another node to end, before it fails and is retried later.</summary>
    private const int WaitSeconds = 30;

    /// <param name="ct">Cancelled when the hub stops: the job then runs again after the next start.</param>
    public abstract Task RunAsync(CancellationToken ct);
}

/// <summary>The schedule of a job.</summary>
/// <param name="Name">Stable, because it is stored in the job storage.</param>
internal sealed record JobSchedule(string Name, Type Job, string Cron, string Queue);
