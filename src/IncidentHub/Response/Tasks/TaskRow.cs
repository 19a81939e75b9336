using IncidentHub.Domain.Tasks;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Response.Tasks;

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
    public required Guid? IncidentId { get; init; }
    public required Guid? ProgramId { get; init; }
    public required Guid? DecisionId { get; init; }
    public required Guid? DatasetId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid? DoneById { get; init; }
    public required string? DoneByName { get; init; }
    public required DateTimeOffset? DoneAt { get; init; }
    public required string? DoneNote { get; init; }
    public required Guid? ClosedById { get; init; }
    public required string? ClosedByName { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required string? ClosedNote { get; init; }
    public required int Version { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }
    public int OldVersion { get; init; }
    public string? IncidentCode { get; init; }
    public string? ProgramCode { get; init; }
    public string? DecisionCode { get; init; }
    public bool IncidentVisible { get; init; }

    public static TaskRow Of(TaskState t, string code, int number, string changedBy, string changedWhat) => new()
    {
        Id = t.Id,
        Number = number,
        Code = code,
        Kind = t.Kind.ToString(),
        Status = t.Status.ToString(),
        What = t.What,
        OwnerId = t.OwnerId,
        OwnerName = t.OwnerName,
        DueAt = t.DueAt,
        IncidentId = t.IncidentId,
        ProgramId = t.ProgramId,
        DecisionId = t.DecisionId,
        DecisionCode = t.DecisionCode,
        DatasetId = t.DatasetId,
        CreatedAt = t.CreatedAt,
        DoneById = t.DoneById,
        DoneByName = t.DoneByName,
        DoneAt = t.DoneAt,
        DoneNote = t.DoneNote,
        ClosedById = t.ClosedById,
        ClosedByName = t.ClosedByName,
        ClosedAt = t.ClosedAt,
        ClosedNote = t.ClosedNote,
        Version = t.Version,
        ChangedBy = changedBy,
        ChangedWhat = changedWhat,
    };

    public WorkTask ToTask() => new(
        Code, Number, IncidentVisible ? IncidentCode : null, ProgramCode, DecisionCode, ChangedBy, ChangedWhat,
        new TaskState
        {
            Id = Id,
            Kind = Enum.Parse<TaskKind>(Kind),
            What = What,
            Status = Enum.Parse<TaskStatus>(Status),
            OwnerId = OwnerId,
            OwnerName = OwnerName,
            DueAt = DueAt,
            IncidentId = IncidentId,
            ProgramId = ProgramId,
            DecisionId = DecisionId,
            DecisionCode = DecisionCode,
            DatasetId = DatasetId,
            CreatedAt = CreatedAt,
            DoneById = DoneById,
            DoneByName = DoneByName,
            DoneAt = DoneAt,
            DoneNote = DoneNote,
            ClosedById = ClosedById,
            ClosedByName = ClosedByName,
            ClosedAt = ClosedAt,
            ClosedNote = ClosedNote,
            Version = Version,
        });
}
