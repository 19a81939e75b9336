using IncidentHub.Domain.Pauses;

namespace IncidentHub.Domain.Gate;

/// <summary>
/// When, by the hub's clock, something happened that a collector counts in offsets. A permit's <c>iat</c> is the hub's clock rounded down
/// to a second; the collector counts from when it <em>sent</em> its request. So iat + offset is up to a second too early, and too late by
/// the travel time of the request. That time is unknown, but nothing is collected under a permit before it has arrived: the first offset
/// under a permit is longer than the travel time.
/// </summary>
public sealed class SpanTime
{
    /// <summary>The largest difference between two working clocks: 1 in 1,000 is ten times the drift of a bad crystal.</summary>
    public const int DriftPer = 1_000;

    private readonly GatePermit _permit;
    private readonly DateTimeOffset _givenOut;
    private readonly DateTimeOffset _now;
    private readonly TimeSpan _travelled;

    /// <param name="epochBegan">When the permit's epoch began: it was issued after that.</param>
    public SpanTime(CollectedSpan span, DateTimeOffset? epochBegan, DateTimeOffset now)
    {
        _permit = span.Permit;
        _now = now;
        _givenOut = epochBegan > span.Permit.Iat ? epochBegan.Value : span.Permit.Iat;
        _travelled = span.Start < span.Permit.Life ? span.Start : span.Permit.Life;
    }

    /// <summary>Certainly not before this.</summary>
    public DateTimeOffset Earliest(TimeSpan offset)
    {
        var counted = _permit.Iat + offset - offset / DriftPer - _travelled;
        return counted > _givenOut ? counted : _givenOut;
    }

    /// <summary>Certainly not after this: what is uploaded now was collected earlier.</summary>
    public DateTimeOffset Latest(TimeSpan offset)
    {
        var counted = Latest(_permit.Iat, offset);
        return counted < _now ? counted : _now;
    }

    /// <summary>The same without the bound by the current time.</summary>
    public static DateTimeOffset Latest(DateTimeOffset iat, TimeSpan offset) => iat + offset + offset / DriftPer + Guarantee.Rounding;

    /// <summary>The smallest offset that is certainly at or after <paramref name="moment"/>.</summary>
    public TimeSpan FirstAfter(DateTimeOffset moment)
    {
        if (_givenOut >= moment) return TimeSpan.Zero;
        var needed = moment - _permit.Iat + _travelled;
        // One tick more: integer division rounds towards zero.
        return needed * ((double)DriftPer / (DriftPer - 1)) + TimeSpan.FromTicks(1);
    }
}
