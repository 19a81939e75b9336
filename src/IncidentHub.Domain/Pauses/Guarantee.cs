using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Pauses;

/// <summary>The computation of stop times.</summary>
public static class Guarantee
{
    /// <summary>
    /// Permit times are whole seconds rounded down, so a collector's own deadline may be up to this much after the permit's written end.
    /// </summary>
    public static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>
    /// When a permit issued now begins and ends: whole seconds, rounded down, so that both sides compute with the same numbers.
    /// </summary>
    /// <param name="ttl">Time to live, in whole seconds.</param>
    public static (DateTimeOffset Iat, DateTimeOffset Exp) PermitTimes(DateTimeOffset now, TimeSpan ttl)
    {
        var iat = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return (iat, iat + ttl);
    }

    /// <summary>
    /// When a collector with a permit until <paramref name="permitExp"/> has stopped even if it never receives the pause.
    /// </summary>
    public static DateTimeOffset StoppedBy(DateTimeOffset permitExp, TimeSpan gracePeriod) => permitExp + AfterPermit(gracePeriod);

    /// <summary>
    /// How long after its permit's written end a collector may still be writing: the grace period plus one second for rounding.
    /// </summary>
    public static TimeSpan AfterPermit(TimeSpan gracePeriod) => gracePeriod + Rounding;

    /// <summary>
    /// When every honest collector of the program has stopped: the last permit's end + G + 1 s, and never before the pause itself.
    /// </summary>
    public static DateTimeOffset StopTime(DateTimeOffset pausedAt, DateTimeOffset? maxPermitExp, TimeSpan gracePeriod) =>
        maxPermitExp is { } exp && StoppedBy(exp, gracePeriod) > pausedAt ? StoppedBy(exp, gracePeriod) : pausedAt;

    /// <summary>
    /// The latest permit end that a pause must take into account. Where the hub's wall clock was set forward, older permits end that much
    /// later by it; none ends later than one issued now.
    /// </summary>
    public static DateTimeOffset? LastEnd(DateTimeOffset? maxPermitExp, DateTimeOffset now, TimeSpan ttl, TimeSpan setForward)
    {
        if (maxPermitExp is not { } exp || setForward == TimeSpan.Zero) return maxPermitExp;
        var later = exp + setForward < now + ttl ? exp + setForward : now + ttl;
        return later > exp ? later : exp;
    }

    /// <summary>
    /// The stop bound: the longest time from a pause to its guaranteed stop time, TTL + grace period + 1 s. The only place that computes
    /// it.
    /// </summary>
    /// <param name="ttl">How long a permit is valid.</param>
    /// <param name="gracePeriod">The grace period: the longest act of a collector that cannot be interrupted.</param>
    public static TimeSpan Bound(TimeSpan ttl, TimeSpan gracePeriod) => ttl + AfterPermit(gracePeriod);

    /// <summary>The stop bound of a program with these settings.</summary>
    public static TimeSpan Bound(SwitchSettings settings) => Bound(settings.Ttl, settings.GracePeriod);

    /// <summary>
    /// The time up to which expiry counts as proof: the hub's clock, but never further past the pause than the monotonic clock has run. A
    /// clock that jumps forward proves nothing.
    /// </summary>
    /// <param name="elapsed">By the monotonic clock, since the pause or since this process first saw it.</param>
    public static DateTimeOffset AssuredUpTo(DateTimeOffset pausedAt, DateTimeOffset now, TimeSpan elapsed) =>
        pausedAt + elapsed < now ? pausedAt + elapsed : now;
}
