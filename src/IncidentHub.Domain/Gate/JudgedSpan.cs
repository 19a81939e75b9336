using IncidentHub.Domain.Pauses;

namespace IncidentHub.Domain.Gate;

/// <summary>What was collected under one permit, compared with the history.</summary>
internal sealed class JudgedSpan
{
    private readonly CollectedSpan _span;
    private readonly int _bucket;
    private readonly AllowanceHistory _history;
    private readonly DateTimeOffset _now;
    private readonly SpanTime _time;
    private readonly DateTimeOffset? _epochBegan;
    private readonly IReadOnlyList<EpochTerms> _touched;

    public JudgedSpan(CollectedSpan span, int bucket, AllowanceHistory history, DateTimeOffset now)
    {
        (_span, _bucket, _history, _now) = (span, bucket, history, now);
        _epochBegan = history.StartOf(span.Permit.Epoch);
        _time = new SpanTime(span, _epochBegan, now);
        // From the permit's own epoch on: before it, the collector cannot have used it. The travel time of its request is unknown, so every
        // epoch since then may be touched.
        _touched = [.. history.From(span.Permit.Epoch, _time.Latest(span.End))];
    }

    /// <summary>
    /// Class C, or null. It needs one instant of the span that is certainly after the collector's stop and was certainly not allowed.
    /// </summary>
    public GateVerdict? Violation(IReadOnlyCollection<AcknowledgedStop> acks, TimeSpan gracePeriod)
    {
        // An interval in the future is no evidence.
        if (_time.Earliest(_span.End) > _now) return null;
        foreach (var ack in acks)
        {
            if (ForbiddenSince(ack) is { } violated) return violated;
        }
        var beyond = Max(Guarantee.Bound(_span.Permit.Life, gracePeriod), _span.Start);
        return beyond > _span.End ? null : ForbiddenAt(beyond) ?? ForbiddenAt(_span.End);
    }

    /// <summary>Class D, or null.</summary>
    public GateVerdict? Fault()
    {
        if (_epochBegan is null) return GateVerdict.Refused(GateReason.PermitInvalid);
        if (_time.Earliest(_span.End) > _now) return GateVerdict.Refused(GateReason.InTheFuture);
        if (_span.Categories.Any(c => !_span.Permit.Categories.Contains(c, StringComparer.Ordinal)))
            return GateVerdict.Refused(GateReason.CategoryNotPermitted);
        return _span.End > _span.Permit.Life && !_touched.Any(Forbids) ? GateVerdict.Refused(GateReason.OutsidePermit) : null;
    }

    /// <summary>Class B, or null where all of it was certainly collected while it was allowed.</summary>
    public GateVerdict? Residue()
    {
        var forbidding = _touched.Where(Forbids).ToList();
        if (forbidding.Count == 0) return null;
        var pauses = forbidding.SelectMany(Covering).Distinct().ToList();
        return new(BatchClass.B, GateReason.CollectedAfterPause, pauses,
            pauses.TrueForAll(p => p.IsDrill) && forbidding.TrueForAll(e => _span.Categories.All(e.IsCollected)));
    }

    // It acknowledged that it had stopped, and since the acknowledged epoch nothing has allowed this again.
    private GateVerdict? ForbiddenSince(AcknowledgedStop ack)
    {
        if (_history.StartOf(ack.Epoch) is not { } began) return null;
        var stopped = SpanTime.Latest(ack.Iat, ack.StoppedAt);
        // Offsets of one permit are compared directly; the extra second allows for a slightly late timestamp of an item. A collector may
        // have closed before the order, by an announcement; where its stop is certainly before it, only the receipt counts.
        var after = stopped < began ? _time.FirstAfter(ack.ReceivedAt)
            : ack.Jti == _span.Permit.Jti ? Max(ack.StoppedAt + Guarantee.Rounding, began - _span.Permit.Iat)
            : _time.FirstAfter(Earlier(stopped, ack.ReceivedAt));
        var offset = Max(after, _span.Start);
        if (offset > _span.End) return null;
        var since = _history.From(ack.Epoch, _time.Latest(offset)).ToList();
        return Violated(_span.Categories.Where(c => since.TrueForAll(e => !e.Allows(c, _span.Permit.Region, _bucket))), since, offset);
    }

    private GateVerdict? ForbiddenAt(TimeSpan offset)
    {
        var possible = _history.Between(_time.Earliest(offset), _time.Latest(offset));
        return possible.Count == 0
            ? null : Violated(_span.Categories.Where(c => possible.All(e => !e.Allows(c, _span.Permit.Region, _bucket))), possible, offset);
    }

    private GateVerdict? Violated(IEnumerable<string> categories, IReadOnlyList<EpochTerms> since, TimeSpan offset)
    {
        var forbidden = categories.ToList();
        if (forbidden.Count == 0) return null;
        // The pauses that were active at the latest possible time and cover what was collected.
        var at = since.LastOrDefault(e => e.At <= _time.Latest(offset)) ?? since[^1];
        var pauses = at.Pauses.Where(p => forbidden.Exists(c => p.Covers(c, _span.Permit.Region, _bucket))).ToList();
        return new(BatchClass.C, GateReason.CollectedAfterStop, pauses, pauses.Count > 0 && pauses.TrueForAll(p => p.IsDrill));
    }

    private bool Forbids(EpochTerms terms) => _span.Categories.Any(c => !terms.Allows(c, _span.Permit.Region, _bucket));

    private IEnumerable<ActivePause> Covering(EpochTerms terms) =>
        terms.Pauses.Where(p => _span.Categories.Any(c => p.Covers(c, _span.Permit.Region, _bucket)));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
