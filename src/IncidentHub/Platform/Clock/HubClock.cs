namespace IncidentHub.Platform.Clock;

/// <summary>
/// The hub's clock: the system's UTC time that never goes back within this process, so that later acts are never dated earlier. While the
/// system's clock is behind, because somebody set it back or because what is stored is dated later, this one neither stands still nor
/// follows: it runs on by the monotonic clock, a thousandth slower, until the system has caught up.
/// </summary>
/// <param name="system">What tells the time of the machine; null for the system's own.</param>
internal sealed class HubClock(TimeProvider? system = null) : TimeProvider
{
    /// <summary>Slow enough that over the longest permit the difference stays below the second that permits are rounded by.</summary>
    private const long SlowerBy = 1_000;

    private readonly TimeProvider _system = system ?? System;
    private readonly Lock _lock = new();
    private DateTimeOffset _last;
    private long? _lastAt;

    public override long TimestampFrequency => _system.TimestampFrequency;

    public override long GetTimestamp() => _system.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var at = _system.GetTimestamp();
            var elapsed = _system.GetElapsedTime(_lastAt ?? at, at);
            var ran = _last + (elapsed - elapsed / SlowerBy);
            var now = _system.GetUtcNow();
            (_last, _lastAt) = (now > ran ? now : ran, at);
            return _last;
        }
    }

    /// <summary>
    /// Raises the floor to a time that was stored earlier, so that a restart with a clock set back does not date acts before stored ones.
    /// </summary>
    public void NotBefore(DateTimeOffset floor)
    {
        lock (_lock)
        {
            if (GetUtcNow() < floor) _last = floor;
        }
    }
}
