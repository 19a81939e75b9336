using IncidentHub.Domain.Reviews;

namespace IncidentHub.Response.Reviews;

/// <summary>A cause of the list.</summary>
/// <param name="Incidents">How many incidents that the viewer may see name it in a review of the last twelve months.</param>
internal sealed record CauseView(Guid Id, string Name, string Description, bool IsRetired, int Incidents, int Version);

/// <summary>A cause that a review names.</summary>
internal sealed record ReviewCauseView(Guid Id, string Name);

/// <summary>The review of an incident.</summary>
internal sealed record ReviewView
{
    public required string Incident { get; init; }
    public required ReviewStatus Status { get; init; }
    public required IReadOnlyList<ReviewCauseView> Causes { get; init; }
    public required string Factors { get; init; }
    public required string WentWell { get; init; }
    public required string Lessons { get; init; }

    /// <summary>Null while the incident is open, and where the SEV policy asks for no review.</summary>
    public required DateTimeOffset? DueAt { get; init; }
    public required bool Late { get; init; }
    public required DateTimeOffset? CompletedAt { get; init; }
    public required string? CompletedBy { get; init; }

    /// <summary>0: nothing was written yet.</summary>
    public required int Version { get; init; }

    internal bool IsClosed { get; init; }
}

/// <summary>A row of the list of reviews.</summary>
internal sealed record ReviewLine(string Incident, string Title, Sev Sev, ReviewStatus Status, DateTimeOffset? DueAt, bool Late,
    DateTimeOffset? CompletedAt, string? CompletedBy);
