namespace IncidentHub.Domain.Tasks;

/// <summary>Kind of a task.</summary>
public enum TaskKind
{
    General,

    /// <summary>Removes a cause: done by one person, verified by another.</summary>
    Fix,

    /// <summary>A condition of a resume decision.</summary>
    Condition,

    /// <summary>Disposal of a dataset of a terminated program.</summary>
    Disposal,

    /// <summary>Somebody is to be informed, such as people whose data was exposed.</summary>
    Notify,
}

/// <summary>Status of a task.</summary>
public enum TaskStatus
{
    Open,

    /// <summary>Only a fix: done, and awaiting verification by another person.</summary>
    AwaitingCheck,
    Closed,

    /// <summary>Not needed any more, with a reason.</summary>
    Cancelled,
}

/// <summary>What must be done, by whom, by when.</summary>
public sealed record TaskState
{
    public required Guid Id { get; init; }

    public required TaskKind Kind { get; init; }

    public required string What { get; init; }

    public TaskStatus Status { get; init; }

    /// <summary>The owner; null while unassigned.</summary>
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

    /// <summary>The decision that created it, and its public code.</summary>
    public Guid? DecisionId { get; init; }

    public string? DecisionCode { get; init; }

    /// <summary>The dataset that a disposal is about.</summary>
    public Guid? DatasetId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? DoneById { get; init; }

    public string? DoneByName { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The doer's note.</summary>
    public string? DoneNote { get; init; }

    /// <summary>The file of evidence that shows that it is done.</summary>
    public Guid? EvidenceId { get; init; }

    /// <summary>Of a disposal: the dataset is kept, and the doer's note says why.</summary>
    public bool IsKept { get; init; }

    public Guid? ClosedById { get; init; }

    public string? ClosedByName { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The verifier's note, or the reason for cancelling.</summary>
    public string? ClosedNote { get; init; }

    public int Version { get; init; }

    public bool IsOpen => Status is TaskStatus.Open or TaskStatus.AwaitingCheck;

    public bool IsOverdue(DateTimeOffset now) => IsOpen && DueAt < now;
}
