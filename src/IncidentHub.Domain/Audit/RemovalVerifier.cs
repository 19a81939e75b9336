namespace IncidentHub.Domain.Audit;

/// <summary>Every missing payload must be recorded by a later row, with a signature of the hub.</summary>
internal sealed class RemovalVerifier(AuditKeys? keys, AuditCheckpoint? start)
{
    private readonly SortedDictionary<long, string> _unaccounted = [];

    // Recorded under keys that were withdrawn since: a trusted checkpoint must cover the record.
    private readonly SortedSet<long> _doubtful = [];

    public long Removed { get; private set; }

    public AuditFault? Take(AuditEntry entry)
    {
        if (entry.IsWithheld) return null;
        if (entry is { PayloadDigest: not null, Payload: null })
        {
            Removed++;
            _unaccounted[entry.Sequence] = entry.Hash;
        }
        if (entry.Act is not (AuditChain.RedactedAct or AuditChain.ExpiredAct)) return null;
        if (SignedRemoval.Of(entry) is not { } removal) return At(entry, "It has no signed statement of what was removed.");
        if (keys is not null)
        {
            var trust = keys.TrustOf(removal.Statement.KeyId);
            if (trust == KeyTrust.Unknown) return At(entry, $"Its key {removal.Statement.KeyId} is not among the keys.");
            if (!keys.Verifies(removal.Statement)) return At(entry, "Its signature does not match.");
            if (trust == KeyTrust.Withdrawn) _doubtful.Add(entry.Sequence);
        }
        var last = removal.Rows[^1].To;
        if (_unaccounted.TryGetValue(last, out var hash) && hash != removal.LastHash) return At(entry, "It was signed for another log.");
        foreach (var sequence in _unaccounted.Keys.Where(s => removal.Rows.Any(r => r.Holds(s))).ToList()) _unaccounted.Remove(sequence);
        return null;
    }

    public AuditFault? AtEnd(long coveredTo)
    {
        if (_unaccounted.Count > 0)
        {
            var first = _unaccounted.First().Key;
            return new(first, first, "The payload is missing, and no later row records its redaction.");
        }
        return _doubtful.Where(row => row > (start?.Sequence ?? 0) && row > coveredTo).Select(row => new AuditFault(row, row,
            "The removal is not proven: its key was withdrawn, and no checkpoint of another key covers the row.")).FirstOrDefault();
    }

    private static AuditFault At(AuditEntry entry, string what) =>
        new(entry.Sequence, entry.Sequence, $"The removal is not proven. {what}");
}
