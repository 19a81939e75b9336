namespace IncidentHub.Platform.Clock;

/// <summary>The hub's clock: the system's UTC time that never goes back within this process, so that later acts are never dated earlier.</summary>
internal sealed class HubClock : TimeProvider
{
    private long _lastTicks;

    public override DateTimeOffset GetUtcNow()
    {
        var now = System.GetUtcNow().UtcTicks;
        while (true)
        {
            var last = Interlocked.Read(ref _lastTicks);
            if (now <= last) return new DateTimeOffset(last, TimeSpan.Zero);
            if (Interlocked.CompareExchange(ref _lastTicks, now, last) == last) return new DateTimeOffset(now, TimeSpan.Zero);
        }
    }

    /// <summary>Raises the floor to a time that was stored earlier, so that a restart with a clock set back does not date acts before stored ones.</summary>
    public void NotBefore(DateTimeOffset floor)
    {
        long last;
        while (floor.UtcTicks > (last = Interlocked.Read(ref _lastTicks)) && Interlocked.CompareExchange(ref _lastTicks, floor.UtcTicks, last) != last) { }
    }
}
