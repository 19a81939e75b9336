namespace IncidentHub.Domain.Statements;

/// <summary>For whom a statement is.</summary>
public enum StatementAudience
{
    /// <summary>Everybody who can sign in: on the employee page of the incident.</summary>
    Employees,

    /// <summary>
    /// The same readers: what is collected in general, what of it was exposed, and whom to ask. The employee page shows it apart.
    /// </summary>
    Collection,

    /// <summary>People outside the company. The hub keeps the text and its approval; it is sent by other means.</summary>
    External,
}

public enum StatementStatus
{
    /// <summary>Never published.</summary>
    Draft,

    /// <summary>One version is published; a later one may be a draft.</summary>
    Published,

    /// <summary>Was published, and is no longer shown.</summary>
    Withdrawn,
}

/// <summary>A text as it was saved. It never changes.</summary>
/// <param name="Number">1 is the first.</param>
public sealed record StatementVersion(int Number, string Title, string Body, Guid WrittenById, string WrittenBy, DateTimeOffset WrittenAt);

/// <param name="Version">The number of the version that is, or was, published.</param>
public sealed record Publication(int Version, DateTimeOffset At, string By);

public sealed record Withdrawal(DateTimeOffset At, string Reason);

/// <summary>A text about an incident for people inside or outside the company, with every version of it.</summary>
public sealed record StatementState
{
    public required Guid Id { get; init; }

    public required Guid IncidentId { get; init; }

    public required StatementAudience Audience { get; init; }

    public StatementStatus Status { get; init; }

    /// <summary>The oldest first; never empty.</summary>
    public required IReadOnlyList<StatementVersion> Versions { get; init; }

    /// <summary>The last publication; null while it was never published.</summary>
    public Publication? Published { get; init; }

    /// <summary>Null unless it is withdrawn.</summary>
    public Withdrawal? Withdrawn { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Version { get; init; }

    public StatementVersion Last => Versions[^1];

    /// <summary>Whether the last version is not what is shown.</summary>
    public bool HasDraft => Status != StatementStatus.Published || Published!.Version != Last.Number;
}
