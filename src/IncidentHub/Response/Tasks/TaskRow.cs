using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Database;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Response.Tasks;

/// <summary>A row of the table WorkTask, with the names that it refers to.</summary>
internal sealed record TaskRow
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Code { get; init; }
    public required string Kind { get; init; }
    public required string Status { get; init; }
    public required string What { get; init; }
    public required Guid? OwnerId { get; init; }
    public required string? OwnerName { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset? MissedAt { get; init; }
    public required Guid? ProgramId { get; init; }
    public required Guid? DecisionId { get; init; }
    public required Guid? DatasetId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid? DoneById { get; init; }
    public required string? DoneByName { get; init; }
    public required DateTimeOffset? DoneAt { get; init; }
    public required string? DoneNote { get; init; }
    public required Guid? EvidenceId { get; init; }
    public required bool IsKept { get; init; }
    public required Guid? ClosedById { get; init; }
    public required string? ClosedByName { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required string? ClosedNote { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }
    public required string? DecisionCode { get; init; }
    public required string? ProgramCode { get; init; }

    /// <summary>The code of one of its incidents that the viewer may see.</summary>
    public required string? IncidentCode { get; init; }

    /// <summary>The code of its evidence, once it was read for a viewer who may see it.</summary>
    public string? EvidenceCode { get; init; }

    /// <summary>Whether the viewer may read its text.</summary>
    public required bool IsTextVisible { get; init; }

    /// <summary>One of its incidents that is restricted.</summary>
    public required Guid? RestrictedId { get; init; }

    public TaskRecord ToRecord(IReadOnlyList<Guid> incidents) =>
        new(Code, Number, IncidentCode, ProgramCode, ToState(incidents), new ChangeNote(ChangedAt, ChangedBy, ChangedWhat));

    public TaskView ToView(DateTimeOffset now)
    {
        var view = TaskView.Of(Code, ToState([]), IncidentCode, ProgramCode, now) with { Evidence = EvidenceCode };
        return IsTextVisible ? view : view.WithoutText();
    }

    public static object Args(TaskState t, string code, int number, int loadedVersion, ChangeNote change) => new
    {
        t.Id,
        Number = number,
        Code = code,
        Kind = t.Kind.ToString(),
        Status = t.Status.ToString(),
        t.What,
        t.OwnerId,
        t.OwnerName,
        t.DueAt,
        t.MissedAt,
        t.ProgramId,
        t.DecisionId,
        t.DecisionCode,
        t.DatasetId,
        t.CreatedAt,
        t.DoneById,
        t.DoneByName,
        t.DoneAt,
        t.DoneNote,
        t.EvidenceId,
        t.IsKept,
        t.ClosedById,
        t.ClosedByName,
        t.ClosedAt,
        t.ClosedNote,
        t.Version,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        LoadedVersion = loadedVersion,
        RecordedAt = change.At,
        RevisionId = OrderedId.Next(change.At),
    };

    private TaskState ToState(IReadOnlyList<Guid> incidents) => new()
    {
        Id = Id,
        Kind = Enum.Parse<TaskKind>(Kind),
        What = What,
        Status = Enum.Parse<TaskStatus>(Status),
        OwnerId = OwnerId,
        OwnerName = OwnerName,
        DueAt = DueAt,
        MissedAt = MissedAt,
        IncidentIds = incidents,
        ProgramId = ProgramId,
        DecisionId = DecisionId,
        DecisionCode = DecisionCode,
        DatasetId = DatasetId,
        CreatedAt = CreatedAt,
        DoneById = DoneById,
        DoneByName = DoneByName,
        DoneAt = DoneAt,
        DoneNote = DoneNote,
        EvidenceId = EvidenceId,
        IsKept = IsKept,
        ClosedById = ClosedById,
        ClosedByName = ClosedByName,
        ClosedAt = ClosedAt,
        ClosedNote = ClosedNote,
        Version = Version,
    };
}
