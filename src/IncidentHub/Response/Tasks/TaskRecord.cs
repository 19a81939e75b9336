using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>A task as loaded for a change: only for those who may read its text.</summary>
/// <param name="Code">«T-12».</param>
/// <param name="IncidentCode">The code of one of its incidents that the actor may see.</param>
internal sealed record TaskRecord(
    string Code, int Number, string? IncidentCode, string? ProgramCode, TaskState State, ChangeNote LastChange) : ILoaded<TaskState>
{
    public string Label => Code;

    public int Version => State.Version;

    public Relation Relation(Actor actor) => State.OwnerId == actor.Id ? Domain.Access.Relation.OwnTask : Domain.Access.Relation.None;

    /// <summary>The view for the person who changed it.</summary>
    public TaskView ToView(DateTimeOffset now) => TaskView.Of(Code, State, IncidentCode, ProgramCode, now);
}
