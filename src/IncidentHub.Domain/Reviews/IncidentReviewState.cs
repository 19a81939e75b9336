namespace IncidentHub.Domain.Reviews;

public enum ReviewStatus { Draft, Completed }

/// <summary>The review of an incident after it was closed: why it happened, and what is learned from it.</summary>
public sealed record IncidentReviewState
{
    public required Guid IncidentId { get; init; }

    public ReviewStatus Status { get; init; }

    /// <summary>Ids of causes in the list that administrators keep.</summary>
    public IReadOnlyList<Guid> Causes { get; init; } = [];

    /// <summary>What contributed without being the cause.</summary>
    public string Factors { get; init; } = "";

    public string WentWell { get; init; } = "";

    public string Lessons { get; init; } = "";

    /// <summary>Set when the incident is closed; null where the SEV policy asks for no review.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Null unless it is completed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public string? CompletedBy { get; init; }

    /// <summary>0: nothing was written yet.</summary>
    public int Version { get; init; }
}
