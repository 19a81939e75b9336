namespace IncidentHub.Platform.Journal;

/// <summary>A row of the table TimelineEntry for insertion.</summary>
internal sealed record TimelineRow
{
    public required Guid Id { get; init; }
    public required Guid? IncidentId { get; init; }
    public required Guid? ProgramId { get; init; }
    public required string Kind { get; init; }

    /// <summary>Fixed-width UTC text, which both engines parse.</summary>
    public required string HappenedAt { get; init; }
    public required string RecordedAt { get; init; }
    public required Guid ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string Title { get; init; }
    public required string? PublicTitle { get; init; }
    public required string? Body { get; init; }
    public required string? Data { get; init; }
    public required int IsPinned { get; init; }

    /// <summary>The ids of <see cref="TimelineEntry.About"/>, separated by spaces.</summary>
    public required string? About { get; init; }
}
