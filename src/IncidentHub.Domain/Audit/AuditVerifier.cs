using System.Text;

namespace IncidentHub.Domain.Audit;

/// <summary>
/// Verifies the rows one by one, in order, and stops at the first that is inconsistent. Keeps in memory only the redacted rows that no
/// later row has recorded yet.
/// </summary>
public sealed class AuditVerifier
{
    private readonly SortedSet<long> _unaccounted = [];
    private AuditHead _at = AuditHead.Empty;
    private long _redacted;
    private AuditFault? _fault;

    /// <summary>Verifies the next row. False once an inconsistency was found: further rows need not be read.</summary>
    public bool Take(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (_fault is not null) return false;
        var row = _at.Count + 1;
        if (Fault(entry, _at) is { } message)
        {
            _fault = new AuditFault(row, entry.Sequence, message);
            return false;
        }
        if (entry.PayloadDigest is not null && entry.Payload is null)
        {
            _redacted++;
            _unaccounted.Add(entry.Sequence);
        }
        if (entry.Act == AuditChain.RedactedAct)
            _unaccounted.RemoveWhere(sequence => entry.Subject == AuditChain.RedactionSubject(sequence));
        _at = new AuditHead(row, entry.Hash);
        return true;
    }

    /// <summary>The next row cannot be read.</summary>
    public void AddUnreadable(long? sequence, string what) => _fault ??= new AuditFault(_at.Count + 1, sequence, what);

    /// <summary>The result after the last row.</summary>
    public AuditVerification Finish(AuditHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        var fault = _fault ?? AtEnd(head);
        return new AuditVerification(_at.Count, _redacted, fault);
    }

    private AuditFault? AtEnd(AuditHead head)
    {
        if (_at.Count < head.Count)
            return new AuditFault(_at.Count + 1, null, $"The head counts {head.Count} rows; the log ends after {_at.Count}.");
        if (_at.Count > head.Count)
            return new AuditFault(head.Count + 1, head.Count + 1, $"The head counts {head.Count} rows; the log has {_at.Count}.");
        if (_at.LastHash != head.LastHash)
            return new AuditFault(_at.Count, _at.Count == 0 ? null : _at.Count, "The head's hash is not the last row's.");
        if (_unaccounted.Count > 0)
            return new AuditFault(_unaccounted.Min, _unaccounted.Min, "The payload is missing, and no later row records its redaction.");
        return null;
    }

    private static string? Fault(AuditEntry entry, AuditHead before)
    {
        if (entry.Sequence != before.Count + 1)
            return $"The sequence should be {before.Count + 1} and is {entry.Sequence}: rows are missing, added or out of order.";
        if (entry.PreviousHash != before.LastHash) return "The hash of the previous row does not match the one recorded here.";
        if (entry.At.Offset != TimeSpan.Zero) return "The time is not in UTC.";
        try
        {
            if (entry.Hash != AuditHash.OfEntry(entry)) return "The row was changed: its hash does not match.";
            return PayloadFault(entry);
        }
        catch (EncoderFallbackException)
        {
            return "A text of the row is not valid Unicode.";
        }
    }

    private static string? PayloadFault(AuditEntry entry) => entry switch
    {
        { PayloadDigest: null, Payload: null, Salt: null } => null,
        { PayloadDigest: null } => "A payload was added: the row was written without one.",
        { Payload: null, Salt: null } => null, // redacted; a later row must record it
        { Payload: null } or { Salt: null } => "Only one of payload and salt is present.",
        { Payload: { } payload, Salt: { } salt } when AuditHash.IsHex(salt, AuditChain.SaltBytes)
            && AuditHash.OfPayload(salt, payload) == entry.PayloadDigest => null,
        _ => "The payload was changed: its digest does not match.",
    };
}
