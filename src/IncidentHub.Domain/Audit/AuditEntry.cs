using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Audit;

/// <summary>An action as its writer describes it; the chain adds sequence and hashes.</summary>
/// <param name="At">When the hub recorded it.</param>
/// <param name="Act">What was done, as a stable code: <c>decision.approved</c>.</param>
/// <param name="Subject">What it was done to, in readable form: <c>incident INC-12</c>.</param>
/// <param name="Payload">The details as JSON text, or null where there are none.</param>
/// <param name="Salt">16 random bytes as lower-case hex: without it a short payload could be guessed from its digest after a redaction.
/// Ignored where there is no payload.</param>
/// <param name="SubjectSalt">As the salt, of another 16 bytes: a redaction deletes the payload's salt, the subject's stays.</param>
public sealed record AuditFields(
    DateTimeOffset At, Guid ActorId, string ActorName, ActorKind ActorKind, string Act, string Subject, string? Payload, string Salt,
    string SubjectSalt)
{
    /// <summary>The subjects with readers of their own that the row is about: ids separated by spaces, or null.</summary>
    public string? About { get; init; }
}

/// <summary>One row of the audit log. Hashes are lower-case hex.</summary>
/// <param name="Sequence">1 for the first; no gaps.</param>
/// <param name="Subject">Null in an export whose reader may not see it.</param>
/// <param name="Payload">Null where the act has no details, or where they were redacted.</param>
/// <param name="Salt">Null together with the payload.</param>
/// <param name="PayloadDigest">SHA-256 of the salt's bytes followed by the payload in UTF-8; stays when the payload is redacted; null where
/// there never was one.</param>
/// <param name="PreviousHash">The hash of the row before; <see cref="AuditHead.Empty"/>'s for the first.</param>
/// <param name="Hash">Over every field; payload, subject and what the row is about are represented by their salted digests.</param>
public sealed record AuditEntry(
    long Sequence, DateTimeOffset At, Guid ActorId, string ActorName, ActorKind ActorKind, string Act, string? Subject,
    string? Payload, string? Salt, string? PayloadDigest, string PreviousHash, string Hash)
{
    /// <summary>
    /// 1: the hash covers the subject itself, and not what the row is about. 2: it covers <see cref="SubjectDigest"/> instead, so that a
    /// row whose subject is withheld verifies.
    /// </summary>
    public required int HashVersion { get; init; }

    /// <inheritdoc cref="AuditFields.About"/>
    public string? About { get; init; }

    public string? SubjectSalt { get; init; }

    /// <summary>Of salt, subject and what the row is about; null in version 1.</summary>
    public string? SubjectDigest { get; init; }

    /// <summary>An export withholds subject, payload and salts from its reader; the digests are there.</summary>
    public bool IsWithheld { get; init; }
}

/// <summary>Stored separately from the rows, so that removing the last row is detected too.</summary>
/// <param name="Count">How many rows there are.</param>
/// <param name="LastHash">The hash of the last one.</param>
/// <param name="Checkpoints">How many checkpoints there are; null in an export made before there were any.</param>
public sealed record AuditHead(long Count, string LastHash, long? Checkpoints = null)
{
    /// <summary>The head before the first row.</summary>
    public static readonly AuditHead Empty = new(0, new string('0', 64));
}

/// <summary>The first inconsistency of a chain.</summary>
/// <param name="Row">The position from 1 at which it was found; one past the end where rows are missing there.</param>
/// <param name="Sequence">The sequence written on that row, or null where there is no row.</param>
/// <param name="Message">Readable description.</param>
public sealed record AuditFault(long Row, long? Sequence, string Message);

