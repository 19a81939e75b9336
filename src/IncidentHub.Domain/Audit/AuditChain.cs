using System.Globalization;

namespace IncidentHub.Domain.Audit;

/// <summary>The rules of the audit log: each row's hash covers the row before, and one head covers count and last hash.</summary>
public static class AuditChain
{
    /// <summary>The version of the hash that new rows have.</summary>
    public const int HashVersion = 2;

    /// <summary>
    /// The action of the row that records a redaction; its subject is <see cref="RedactionSubject"/>, and its payload has the hub's
    /// signature
    /// over it: <see cref="AuditRemoval"/>.
    /// </summary>
    public const string RedactedAct = "audit.redacted";

    /// <summary>The action of the row that records that the payloads of old rows were removed: <see cref="AuditRemoval"/>.</summary>
    public const string ExpiredAct = "audit.expired";

    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltBytes = 16;

    /// <summary>How a redaction names the row whose payload it removed.</summary>
    public static string RedactionSubject(long sequence) => "audit " + sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>The next row, and the head after it. Timestamps are stored in UTC.</summary>
    /// <exception cref="ArgumentException">A salt is not 16 bytes of lower-case hex, or a text is not valid Unicode.</exception>
    public static (AuditEntry Entry, AuditHead Head) Next(AuditHead head, AuditFields fields)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(fields);
        if (!AuditHash.IsHex(fields.SubjectSalt, SaltBytes) || (fields.Payload is not null && !AuditHash.IsHex(fields.Salt, SaltBytes)))
            throw new ArgumentException("A salt is 16 bytes in lower-case hex.", nameof(fields));
        var digest = fields.Payload is null ? null : AuditHash.OfPayload(fields.Salt, fields.Payload);
        var entry = new AuditEntry(
            head.Count + 1, fields.At.ToUniversalTime(), fields.ActorId, fields.ActorName, fields.ActorKind, fields.Act, fields.Subject,
            fields.Payload, fields.Payload is null ? null : fields.Salt, digest, head.LastHash, Hash: "")
        {
            HashVersion = HashVersion,
            About = fields.About,
            SubjectSalt = fields.SubjectSalt,
            SubjectDigest = AuditHash.OfSubject(fields.SubjectSalt, fields.Subject, fields.About),
        };
        entry = entry with { Hash = AuditHash.OfEntry(entry) };
        return (entry, head with { Count = entry.Sequence, LastHash = entry.Hash });
    }

    /// <summary>The row as a reader gets it who may not see its subject: it verifies, and tells nothing of subject and payload.</summary>
    public static AuditEntry Withhold(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry with { Subject = null, SubjectSalt = null, About = null, Payload = null, Salt = null, IsWithheld = true };
    }

    /// <summary>
    /// Verifies rows in order, and reports the first that is inconsistent. Rows and head that were rewritten together are found by
    /// checkpoints only: <see cref="AuditVerifier"/>.
    /// </summary>
    public static AuditVerification Verify(IEnumerable<AuditEntry> entries, AuditHead head, AuditKeys? keys = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var verifier = new AuditVerifier(keys);
        foreach (var entry in entries)
        {
            if (!verifier.Take(entry)) break;
        }
        return verifier.Finish(head);
    }
}
