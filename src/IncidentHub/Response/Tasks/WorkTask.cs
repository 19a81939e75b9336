using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Response.Tasks;

/// <summary>A task with what people call it and what it belongs to.</summary>
/// <param name="Code">«T-12».</param>
/// <param name="IncidentCode">Null where there is none, or where the viewer may not see it.</param>
internal sealed record WorkTask(
    string Code, int Number, string? IncidentCode, string? ProgramCode, string? DecisionCode, string ChangedBy,
        string ChangedWhat, TaskState State)
{
    public Relation Relation(Actor actor) => State.OwnerId == actor.Id ? Domain.Access.Relation.OwnTask : Domain.Access.Relation.None;

    public TaskView ToView(DateTimeOffset now) => new(
        Code, State.What, State.Kind, State.Status, State.OwnerName, State.DueAt, State.IsOverdue(now), IncidentCode, ProgramCode,
            DecisionCode, State.CreatedAt,
        State.DoneByName, State.DoneAt, State.DoneNote, State.ClosedByName, State.ClosedAt, State.ClosedNote, State.Version);
}

/// <summary>A task as the API shows it.</summary>
/// <param name="Owner">Who is to do it.</param>
internal sealed record TaskView(
    string Code, string What, TaskKind Kind, TaskStatus Status, string? Owner, DateTimeOffset? DueAt, bool Overdue, string? Incident,
        string? Program, string? Decision,
    DateTimeOffset CreatedAt, string? DoneBy, DateTimeOffset? DoneAt, string? DoneNote, string? ClosedBy, DateTimeOffset? ClosedAt,
        string? ClosedNote, int Version);
