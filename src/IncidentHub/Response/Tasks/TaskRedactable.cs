using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Tasks;

/// <summary>The texts of a task.</summary>
internal sealed class TaskRedactable : IRedactable
{
    public async Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor)
    {
        if (await TaskStore.LoadAsync(sql, actor, code) is not { State: var task } found) return Refusal.NotFound("The task");
        return new RedactionTarget
        {
            Label = $"task {found.Code}",
            Action = "task.redacted",
            Incidents = task.IncidentIds,
            // Its program comes last: what is written about that belongs to no incident.
            Subjects = [task.Id, .. task.IncidentIds, .. ((Guid?[])[task.DecisionId, task.ProgramId]).OfType<Guid>()],
            ProgramId = task.ProgramId,
            Since = task.CreatedAt,
            Owns = row => (row.Table is "WorkTask" or "WorkTaskRevision" && row.IsOf(task.Id)) || RedactionTarget.IsAbout(row, found.Code),
            Topics = [$"task:{task.Id}"],
        };
    }
}
