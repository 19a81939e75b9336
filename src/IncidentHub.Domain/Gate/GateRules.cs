using IncidentHub.Domain.Pauses;

namespace IncidentHub.Domain.Gate;

/// <summary>
/// Judges a batch against the history of what was allowed when. Admits only what was certainly collected while it was allowed. Reports a
/// violation only for what was certainly collected after the collector's stop and while it was not allowed.
/// </summary>
public static class GateRules
{
    /// <param name="history">From the oldest of the permits' epochs to the current one; where an acknowledgement counts, from its epoch
    /// on.</param>
    /// <param name="acks">The collector's acknowledged stops for this program.</param>
    /// <param name="gracePeriod">The grace period: the longest act of a collector that cannot be interrupted.</param>
    public static GateVerdict Judge(GateBatch batch, AllowanceHistory history, IReadOnlyCollection<AcknowledgedStop> acks,
        TimeSpan gracePeriod, DateTimeOffset now)
    {
        // With several nodes the time of an epoch may be slightly later than the time of a subsequent transaction.
        if (now < history.Current.At) now = history.Current.At;
        var spans = batch.Spans.Select(s => new JudgedSpan(s, batch.Bucket, history, now)).ToList();
        // A violation is kept as evidence whatever else is wrong with the batch; of a refused batch nothing is stored.
        return spans.Select(s => s.Violation(acks, gracePeriod)).FirstOrDefault(v => v is not null)
            ?? spans.Select(s => s.Fault()).FirstOrDefault(v => v is not null)
            ?? Combine(spans.Select(s => s.Residue()))
            ?? Late(batch, history, acks, gracePeriod, now)
            ?? GateVerdict.Admitted;
    }

    /// <summary>Quarantined where it is not allowed now, unless the upload may have been in flight when that changed.</summary>
    private static GateVerdict? Late(GateBatch batch, AllowanceHistory history, IReadOnlyCollection<AcknowledgedStop> acks,
        TimeSpan gracePeriod, DateTimeOffset now)
    {
        bool Forbids(EpochTerms terms) => batch.Spans.Any(s => s.Categories.Any(c => !terms.Allows(c, s.Permit.Region, batch.Bucket)));
        if (!Forbids(history.Current)) return null;
        var since = history.Epochs.Reverse().TakeWhile(Forbids).Last();
        // A collector that received nothing stops with its permit; one that acknowledged had the grace period to finish.
        var until = since.At + Guarantee.Bound(batch.Spans.Max(s => s.Permit.Life), gracePeriod);
        foreach (var ack in acks.Where(a => a.Epoch >= since.Epoch && a.ReceivedAt + Guarantee.AfterPermit(gracePeriod) < until))
            until = ack.ReceivedAt + Guarantee.AfterPermit(gracePeriod);
        if (now <= until) return null;

        var pauses = batch.Spans.SelectMany(s => history.Current.Pauses.Where(p =>
            s.Categories.Any(c => p.Covers(c, s.Permit.Region, batch.Bucket)))).Distinct().ToList();
        var collected = batch.Spans.All(s => s.Categories.All(history.Current.IsCollected));
        return new(BatchClass.A, GateReason.UploadedUnderPause, pauses, collected && pauses.TrueForAll(p => p.IsDrill));
    }

    private static GateVerdict? Combine(IEnumerable<GateVerdict?> verdicts)
    {
        var found = verdicts.OfType<GateVerdict>().ToList();
        return found.Count == 0
            ? null : found[0] with
            {
                Pauses = [.. found.SelectMany(v => v.Pauses).Distinct()],
                OnlyDrills = found.TrueForAll(v => v.OnlyDrills)
            };
    }
}
