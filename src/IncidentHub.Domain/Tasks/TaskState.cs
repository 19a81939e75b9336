namespace IncidentHub.Domain.Tasks;

/// <summary>What sort of work a task is.</summary>
public enum TaskKind
{
    General,

    /// <summary>Closes a hole: done by one person, checked by another.</summary>
    Fix,

    /// <summary>A condition of a resume decision.</summary>
    Condition,

    /// <summary>A terminated program's dataset is to be disposed of.</summary>
    Disposal,
}

/// <summary>Where a task stands.</summary>
public enum TaskStatus
{
    Open,

    /// <summary>Only a fix: its doer says that it is done; somebody else must check.</summary>
    AwaitingCheck,
    Closed,

    /// <summary>Not needed any more, for a recorded reason.</summary>
    Dropped,
}

/// <summary>What must be done, by whom, by when.</summary>
public sealed record TaskState
{
    public required Guid Id { get; init; }

    public required TaskKind Kind { get; init; }

    public required string What { get; init; }

    public TaskStatus Status { get; init; }

    /// <summary>Who is to do it; null while nobody is named.</summary>
    public Guid? OwnerId { get; init; }

    public string? OwnerName { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was recorded that a condition's date had passed; null where it has not, or another date was set.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>
    /// The incidents that it is about; several where a decision behind several set it. Its text is for those who may see them all.
    /// </summary>
    public IReadOnlyList<Guid> IncidentIds { get; init; } = [];

    public Guid? ProgramId { get; init; }

    /// <summary>The decision that it comes from, and its public code.</summary>
    public Guid? DecisionId { get; init; }

    public string? DecisionCode { get; init; }

    /// <summary>The dataset that a disposal is about.</summary>
    public Guid? DatasetId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? DoneById { get; init; }

    public string? DoneByName { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What the doer says was done.</summary>
    public string? DoneNote { get; init; }

    public Guid? ClosedById { get; init; }

    public string? ClosedByName { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What the checker found, or why it was dropped.</summary>
    public string? ClosedNote { get; init; }

    public int Version { get; init; }

    public bool IsOpen => Status is TaskStatus.Open or TaskStatus.AwaitingCheck;

    public bool IsOverdue(DateTimeOffset now) => IsOpen && DueAt < now;
}
