using System.Security.Cryptography;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Tasks;

/// <summary>Loads and saves tasks.</summary>
internal static class TaskStore
{
    private const int MaxCode = 20;

    /// <summary>
    /// The task, if the actor may read its text: owners their own, others if they may see every incident that it is about.
    /// </summary>
    public static async Task<TaskRecord?> LoadAsync(ISql sql, Actor actor, string code)
    {
        if (await FindAsync(sql, actor, code) is not { IsTextVisible: true } row) return null;
        var incidents = await sql.QueryAsync<IncidentRow>("WorkTask_Incidents", new { row.Id });
        return row.ToRecord([.. incidents.Select(i => i.IncidentId)]);
    }

    /// <summary>The row, if the viewer may see at least one of its incidents or owns the task.</summary>
    public static async Task<TaskRow?> FindAsync(ISql sql, Actor viewer, string code) =>
        Codes.Upper(code) is { Length: <= MaxCode } known
            ? await sql.FirstOrDefaultAsync<TaskRow>("WorkTask_Find", Visibility.Of(viewer, new { Code = known })) : null;

    /// <summary>
    /// Adds the task with the next code; one of a restricted incident with a random code. Returns it without the codes of what it belongs
    /// to.
    /// </summary>
    public static async Task<TaskRecord> InsertAsync(UnitOfWork tx, TaskState task, Actor actor, string what)
    {
        const string prefix = "T-";
        var number = await Counters.NextAsync(tx, "task");
        var code = await IncidentReader.AnyRestrictedAsync(tx, task.IncidentIds)
            ? RandomCode.Next(prefix, RandomNumberGenerator.GetInt32) : $"{prefix}{await Counters.NextAsync(tx, "task-code")}";
        var change = ChangeNote.Of(tx.Now, actor.Name, what);
        await tx.ExecuteAsync("WorkTask_Insert", TaskRow.Args(task, code, number, 0, change));
        await tx.ExecuteAsync("WorkTaskIncident_Insert",
            task.IncidentIds.Select(id => new { TaskId = task.Id, IncidentId = id }).ToList());
        return new(code, number, null, null, task, change);
    }

    /// <summary>Saves the state after a command, and keeps it. False: another change was saved first.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, TaskRecord before, TaskState next, Actor actor, string what)
    {
        var row = TaskRow.Args(next, before.Code, before.Number, before.Version, ChangeNote.Of(tx.Now, actor.Name, what));
        if (await tx.ExecuteAsync("WorkTask_Update", row) != 1) return false;
        await tx.ExecuteAsync("WorkTaskRevision_Insert", row);
        return true;
    }

    private sealed record IncidentRow
    {
        public required Guid IncidentId { get; init; }
    }
}
