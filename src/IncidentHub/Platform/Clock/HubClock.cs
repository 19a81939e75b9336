namespace IncidentHub.Platform.Clock;

/// <summary>
/// The hub's clock: the system's UTC time, which never goes backwards within this process, so that later acts are never dated earlier.
/// While the system clock is behind, because it was set back or because a stored time is later, this clock continues by the monotonic
/// clock, a thousandth slower, until the system clock has caught up. Where several nodes compare times, it runs by the database's clock
/// instead (<see cref="Follow"/>).
/// </summary>
/// <param name="system">The system's clock; null for the default.</param>
internal sealed class HubClock(TimeProvider? system = null) : TimeProvider
{
    /// <summary>Slow enough that over the longest permit the difference stays below the second by which permits are rounded.</summary>
    private const long SlowerBy = 1_000;

    private readonly TimeProvider _system = system ?? System;
    private readonly Lock _lock = new();
    private DateTimeOffset _last;
    private long? _lastAt;

    // The database's time, and when it was that by the monotonic clock.
    private (DateTimeOffset Time, long At)? _database;

    public override long TimestampFrequency => _system.TimestampFrequency;

    public override long GetTimestamp() => _system.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var at = _system.GetTimestamp();
            var elapsed = _system.GetElapsedTime(_lastAt ?? at, at);
            var ran = _last + (elapsed - elapsed / SlowerBy);
            var now = _database is { } asked ? asked.Time + _system.GetElapsedTime(asked.At, at) : _system.GetUtcNow();
            (_last, _lastAt) = (now > ran ? now : ran, at);
            return _last;
        }
    }

    /// <summary>
    /// From now on the clock is the database's, carried on by the monotonic clock; the system's clock does not count any more. A later call
    /// corrects it: forwards at once, backwards by running slower.
    /// </summary>
    /// <param name="at">The timestamp of this clock at which the database had that time.</param>
    public void Follow(DateTimeOffset time, long at)
    {
        lock (_lock)
        {
            // Nothing was dated by the system's clock so far, which may be ahead.
            if (_database is null) (_last, _lastAt) = (default, null);
            _database = (time, at);
        }
    }

    /// <summary>
    /// Raises the floor to a stored time, so that after a restart with a clock that was set back no act is dated before a stored one.
    /// </summary>
    public void NotBefore(DateTimeOffset floor)
    {
        lock (_lock)
        {
            if (GetUtcNow() < floor) _last = floor;
        }
    }
}
