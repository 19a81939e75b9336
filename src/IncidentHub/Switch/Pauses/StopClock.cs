using System.Collections.Concurrent;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// How long, by the hub's monotonic clock, each pause has been active, as far as this process knows. After a restart it counts from when
/// the pause was first loaded again: proof by expiry then comes later, never too early.
/// </summary>
internal sealed class StopClock(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, long> _seen = new();

    /// <summary>The pause became active, or was loaded as active.</summary>
    public void StartMeasuring(Guid pauseId) => Since(pauseId);

    public TimeSpan Elapsed(Guid pauseId) => clock.GetElapsedTime(Since(pauseId));

    /// <summary>Nothing remains to be proven.</summary>
    public void Forget(Guid pauseId) => _seen.TryRemove(pauseId, out _);

    private long Since(Guid pauseId) => _seen.GetOrAdd(pauseId, static (_, clock) => clock.GetTimestamp(), clock);
}
