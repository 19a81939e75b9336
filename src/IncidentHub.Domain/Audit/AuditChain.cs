using System.Globalization;

namespace IncidentHub.Domain.Audit;

/// <summary>The rules of the audit log: each row's hash covers the row before, and one head covers count and last hash.</summary>
public static class AuditChain
{
    /// <summary>The action of the row that records a redaction; its subject is <see cref="RedactionSubject"/>.</summary>
    public const string RedactedAct = "audit.redacted";

    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltBytes = 16;

    /// <summary>How a redaction names the row whose payload it removed.</summary>
    public static string RedactionSubject(long sequence) => "audit " + sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>The next row, and the head after it. Timestamps are stored in UTC.</summary>
    /// <exception cref="ArgumentException">A payload comes with a salt that is not 16 bytes of lower-case hex, or a text is not valid
    /// Unicode.</exception>
    public static (AuditEntry Entry, AuditHead Head) Next(AuditHead head, AuditFields fields)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(fields);
        string? digest = null;
        if (fields.Payload is not null)
        {
            if (!AuditHash.IsHex(fields.Salt, SaltBytes))
                throw new ArgumentException("A salt is 16 bytes in lower-case hex.", nameof(fields));
            digest = AuditHash.OfPayload(fields.Salt, fields.Payload);
        }
        var entry = new AuditEntry(
            head.Count + 1, fields.At.ToUniversalTime(), fields.ActorId, fields.ActorName, fields.ActorKind, fields.Act, fields.Subject,
            fields.Payload, fields.Payload is null ? null : fields.Salt, digest, head.LastHash, Hash: "");
        entry = entry with { Hash = AuditHash.OfEntry(entry) };
        return (entry, new AuditHead(entry.Sequence, entry.Hash));
    }

    /// <summary>
    /// Reads the rows once, in order, and reports the first that is inconsistent. It cannot detect that rows and head were rewritten
    /// together from some row on. Against that, keep a head outside the database.
    /// </summary>
    public static AuditVerification Verify(IEnumerable<AuditEntry> entries, AuditHead head)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var verifier = new AuditVerifier();
        foreach (var entry in entries)
        {
            if (!verifier.Take(entry)) break;
        }
        return verifier.Finish(head);
    }
}
