using Hangfire;
using Hangfire.States;

namespace IncidentHub.Platform.Jobs;

/// <summary>The queues of the job server; each has a worker of its own, so that what takes long holds up nothing else.</summary>
internal static class Queues
{
    public const string Default = EnqueuedState.DefaultQueue;
    public const string Long = "long";
}

/// <summary>
/// Work that is due each minute, hour or night, or takes long; its feature's module registers it with <c>AddRecurringJob</c>. What is due
/// by the second, and all that the switch rests on, is an <see cref="ITick"/> instead (decision 90). It may be broken off anywhere and run
/// again: what is due stands in the feature's own tables, so that a run which is late, repeated or lost with the whole job storage does no
/// harm. Arguments are ids only: they are stored and shown in clear.
/// </summary>
[DisableConcurrentExecution(WaitSeconds)]
[AutomaticRetry(Attempts = 5, DelaysInSeconds = [15, 60, 300, 900, 3600], OnAttemptsExceeded = AttemptsExceededAction.Fail)]
internal abstract class DurableJob
{
    /// <summary>How long a run waits for one on another node to end, before it counts as failed and is tried again later.</summary>
    private const int WaitSeconds = 30;

    /// <param name="ct">Cancelled where the hub stops: the job is then run again after the next start.</param>
    public abstract Task RunAsync(CancellationToken ct);
}

/// <summary>When a job runs.</summary>
/// <param name="Name">Stable: it stands in the job storage.</param>
internal sealed record JobSchedule(string Name, Type Job, string Cron, string Queue);
