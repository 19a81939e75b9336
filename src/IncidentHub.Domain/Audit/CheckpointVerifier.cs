namespace IncidentHub.Domain.Audit;

/// <summary>Verifies the chain of checkpoints and their signatures, and compares those that were kept elsewhere.</summary>
internal sealed class CheckpointVerifier
{
    private readonly AuditKeys? _keys;
    private readonly List<AuditCheckpoint> _kept;
    private readonly Dictionary<long, string> _digests = [];
    private readonly AuditFault? _badKept;
    private AuditCheckpoint? _last;
    private int _compared;

    public CheckpointVerifier(AuditKeys? keys, IEnumerable<AuditCheckpoint>? kept, AuditCheckpoint? start)
    {
        (_keys, _last) = (keys, start);
        if (start is not null) CoveredTo = start.Sequence;
        _kept = [];
        foreach (var one in (kept ?? []).OrderBy(k => k.Sequence).ThenBy(k => k.Number))
        {
            if (keys?.TrustOf(one.KeyId) == KeyTrust.Withdrawn) KeptIgnored++;
            else if (keys is not null && Untrusted(one) is { } what) _badKept ??= new(one.Sequence, null,
                $"Kept checkpoint {one.Number}: {what}");
            else _kept.Add(one);
        }
    }

    public long Count { get; private set; }

    public long CoveredTo { get; private set; }

    public long Unverified { get; private set; }

    public long Withdrawn { get; private set; }

    public long KeptCompared { get; private set; }

    public long KeptIgnored { get; private set; }

    public AuditFault? Take(AuditCheckpoint checkpoint, AuditHead at)
    {
        var number = (_last?.Number ?? 0) + 1;
        var from = (_last?.Sequence ?? 0) + 1;
        if (checkpoint.Number != number)
            return At(checkpoint, $"Checkpoint {number} should stand here and {checkpoint.Number} does: one is missing, added or out "
                + $"of order.");
        if (checkpoint.PreviousDigest != (_last?.Digest ?? AuditCheckpoint.NoDigest))
            return At(checkpoint, $"Checkpoint {number} does not follow the one before: one of the two was changed.");
        if (_keys is not null && Untrusted(checkpoint) is { } what) return At(checkpoint, $"Checkpoint {number}: {what}");
        if (checkpoint.Sequence > at.Count)
            return new(at.Count + 1, null, $"Checkpoint {number} covers {checkpoint.Sequence} rows; the log ends after {at.Count}.");
        if (checkpoint.Sequence != at.Count)
            return At(checkpoint, $"Checkpoint {number} covers {checkpoint.Sequence} rows and stands after row {at.Count}.");
        if (checkpoint.Hash != at.LastHash)
            return At(checkpoint, $"Checkpoint {number} has another hash of this row: a row from {from} to {checkpoint.Sequence} was "
                + $"rewritten.");
        _last = checkpoint;
        _digests[number] = checkpoint.Digest;
        Count++;
        if (_keys is null) Unverified++;
        else if (_keys.TrustOf(checkpoint.KeyId) == KeyTrust.Withdrawn) Withdrawn++;
        else CoveredTo = checkpoint.Sequence;
        return null;
    }

    /// <summary>Compares the kept checkpoints that cover the rows up to here.</summary>
    public AuditFault? CompareKept(AuditHead at)
    {
        for (; _compared < _kept.Count && _kept[_compared].Sequence <= at.Count; _compared++)
        {
            var kept = _kept[_compared];
            if (kept.Sequence < at.Count) continue; // before the start
            KeptCompared++;
            if (kept.Hash == at.LastHash) continue;
            var from = _kept.Take(_compared).Select(k => k.Sequence).Append(0).Where(s => s < kept.Sequence).Max() + 1;
            return new(kept.Sequence, kept.Sequence,
                $"Kept checkpoint {kept.Number} has another hash of this row: a row from {from} to {kept.Sequence} was rewritten.");
        }
        return null;
    }

    public AuditFault? AtEnd(AuditHead head, DateTimeOffset? exportedAt)
    {
        if (_badKept is not null) return _badKept;
        var number = _last?.Number ?? 0;
        if (head.Checkpoints is { } counted && counted != number)
            return new(head.Count, null, $"The head counts {counted} checkpoints; there are {number}.");
        foreach (var kept in _kept)
        {
            if (exportedAt < kept.At)
            {
                KeptIgnored++;
                continue;
            }
            if (kept.Sequence > head.Count)
                return new(head.Count + 1, null,
                    $"Kept checkpoint {kept.Number} covers {kept.Sequence} rows; the log ends after {head.Count}.");
            if (_digests.TryGetValue(kept.Number, out var digest) ? digest != kept.Digest : kept.Number > number)
                return new(kept.Sequence, kept.Sequence, $"Checkpoint {kept.Number} is not the kept one.");
        }
        return null;
    }

    private string? Untrusted(AuditCheckpoint checkpoint) => _keys!.TrustOf(checkpoint.KeyId) == KeyTrust.Unknown
        ? $"its key {checkpoint.KeyId} is not among the keys."
        : _keys.Verifies(checkpoint.Statement) ? null : "its signature does not match.";

    private static AuditFault At(AuditCheckpoint checkpoint, string what) =>
        new(Math.Max(checkpoint.Sequence, 0), checkpoint.Sequence, what);
}
