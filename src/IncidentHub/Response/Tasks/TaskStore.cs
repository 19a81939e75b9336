using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

internal static class TaskStore
{
    /// <summary>The task, where the viewer may see it: everybody sees their own, and what is on an incident that they may see.</summary>
    public static async Task<WorkTask?> FindAsync(ISql sql, Actor viewer, string code) =>
        code.Length > 20
            ? null : (await sql.FirstOrDefaultAsync<TaskRow>(
                "WorkTask_Find", Visibility.Of(viewer, new { Code = code.Trim().ToUpperInvariant() })))?.ToTask();

    public static async Task SaveAsync(UnitOfWork tx, WorkTask before, TaskState after, Actor actor, string what)
    {
        var row = TaskRow.Of(after, before.Code, before.Number, actor.Name, what) with { OldVersion = before.State.Version };
        if (await tx.ExecuteAsync("WorkTask_Update", row) != 1) throw new ConcurrencyConflictException(before.Code);
    }
}
