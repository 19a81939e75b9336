namespace IncidentHub.Domain.Evidence;

/// <summary>A file that is kept as evidence of an incident. Its content never changes; only a redaction removes it.</summary>
/// <param name="IncidentId">Whoever may see this incident may see it. A merge moves it to the surviving incident.</param>
/// <param name="DamagedAt">When its stored content was found to differ from its digest, or to be missing; null while it is intact.</param>
public sealed record EvidenceState(
    Guid Id, Guid IncidentId, EvidenceOrigin Origin, EvidenceFile File, DateTimeOffset AddedAt, DateTimeOffset? DamagedAt, int Version)
{
    /// <summary>When privacy removed its content; null while it is kept. Digest and custody stay.</summary>
    public DateTimeOffset? RedactedAt { get; init; }
}

/// <summary>What a person states about where a file comes from.</summary>
/// <param name="Name">The name of the file, without its folders.</param>
/// <param name="TakenFrom">The machine, system or person that it was taken from.</param>
/// <param name="IsRestricted">Only for whoever added it, privacy and counsel.</param>
public sealed record EvidenceOrigin(string Name, string TakenBy, string TakenFrom, DateTimeOffset TakenAt, string Note, bool IsRestricted);

/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record EvidenceFile(long Size, string Sha256);

/// <summary>What happened to a file in its custody.</summary>
public enum CustodyKind
{
    Added,

    /// <summary>Somebody read its record; once an hour for each person.</summary>
    Seen,
    Downloaded,

    /// <summary>Its stored content differs from its digest, or is missing: the download was refused.</summary>
    Damaged,

    /// <summary>It was damaged, and its stored content matches its digest again.</summary>
    Intact,

    /// <summary>Its incident was merged into another.</summary>
    Moved,

    /// <summary>Privacy removed its content.</summary>
    Redacted,
}
