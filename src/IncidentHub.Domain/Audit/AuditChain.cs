using System.Globalization;
using System.Text;

namespace IncidentHub.Domain.Audit;

/// <summary>The rules of the audit log: each row's hash covers the row before, and one head covers count and last hash.</summary>
public static class AuditChain
{
    /// <summary>The act of the row that accounts for a redaction; its subject is <see cref="RedactionSubject"/>.</summary>
    public const string RedactedAct = "audit.redacted";

    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 16;

    /// <summary>How a redaction names the row whose payload it removed.</summary>
    public static string RedactionSubject(long sequence) => "audit " + sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>The next row and the head after it. Times are kept in UTC.</summary>
    /// <exception cref="ArgumentException">A payload comes with a salt that is not 16 bytes of lower-case hex, or a text is not valid Unicode.</exception>
    public static (AuditEntry Entry, AuditHead Head) Next(AuditHead head, AuditFields fields)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(fields);
        string? digest = null;
        if (fields.Payload is not null)
        {
            if (!AuditHash.IsHex(fields.Salt, SaltBytes)) throw new ArgumentException("A salt is 16 bytes in lower-case hex.", nameof(fields));
            digest = AuditHash.OfPayload(fields.Salt, fields.Payload);
        }
        var entry = new AuditEntry(
            head.Count + 1, fields.At.ToUniversalTime(), fields.ActorId, fields.ActorName, fields.ActorKind, fields.Act, fields.Subject,
            fields.Payload, fields.Payload is null ? null : fields.Salt, digest, head.LastHash, Hash: "");
        entry = entry with { Hash = AuditHash.OfEntry(entry) };
        return (entry, new AuditHead(entry.Sequence, entry.Hash));
    }

    /// <summary>
    /// Reads the rows once, in order, and names the first that does not fit. Holds in memory only the redacted rows that no later row has accounted for yet.
    /// What it cannot notice: rows and head rewritten together from some row on. Against that, keep a head outside the database.
    /// </summary>
    public static AuditVerification Verify(IEnumerable<AuditEntry> entries, AuditHead head)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(head);
        var at = AuditHead.Empty;
        long redacted = 0;
        var unaccounted = new SortedSet<long>();
        foreach (var entry in entries)
        {
            var row = at.Count + 1;
            if (Fault(entry, at) is { } message) return new AuditVerification(row, redacted, new AuditFault(row, entry.Sequence, message));
            if (entry.PayloadDigest is not null && entry.Payload is null)
            {
                redacted++;
                unaccounted.Add(entry.Sequence);
            }
            if (entry.Act == RedactedAct) unaccounted.RemoveWhere(sequence => entry.Subject == RedactionSubject(sequence));
            at = new AuditHead(row, entry.Hash);
        }
        return new AuditVerification(at.Count, redacted, AtEnd(at, head, unaccounted));
    }

    private static AuditFault? AtEnd(AuditHead at, AuditHead head, SortedSet<long> unaccounted)
    {
        if (at.Count < head.Count) return new AuditFault(at.Count + 1, null, $"The head counts {head.Count} rows; the log ends after {at.Count}.");
        if (at.Count > head.Count) return new AuditFault(head.Count + 1, head.Count + 1, $"The head counts {head.Count} rows; the log has {at.Count}.");
        if (at.LastHash != head.LastHash) return new AuditFault(at.Count, at.Count == 0 ? null : at.Count, "The head's hash is not the last row's.");
        if (unaccounted.Count > 0) return new AuditFault(unaccounted.Min, unaccounted.Min, "The payload is gone, and no later row says that it was redacted.");
        return null;
    }

    private static string? Fault(AuditEntry entry, AuditHead before)
    {
        if (entry.Sequence != before.Count + 1) return $"The sequence should be {before.Count + 1} and is {entry.Sequence}: rows are missing, added or out of order.";
        if (entry.PreviousHash != before.LastHash) return "The hash of the row before is not the one written here.";
        if (entry.At.Offset != TimeSpan.Zero) return "The time is not in UTC.";
        try
        {
            if (entry.Hash != AuditHash.OfEntry(entry)) return "The row was changed: its hash does not fit.";
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
        { Payload: null, Salt: null } => null, // redacted; a later row must account for it
        { Payload: null } or { Salt: null } => "Payload and salt are not both there.",
        { Payload: { } payload, Salt: { } salt } when AuditHash.IsHex(salt, SaltBytes) && AuditHash.OfPayload(salt, payload) == entry.PayloadDigest => null,
        _ => "The payload was changed: its digest does not fit.",
    };
}
