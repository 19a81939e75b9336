using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Response.Tasks;

/// <summary>An act on the task with this code.</summary>
/// <param name="Owner">Only with <see cref="EditTask"/>: the account of who is to do it.</param>
internal sealed record ChangeTask(string Code, TaskCommand Command, int? ExpectedVersion = null, string? Owner = null);

internal sealed class ChangeTaskHandler(Db db, People people, IPurgeGuard guard)
{
    public async Task<Result<WorkTask>> HandleAsync(ChangeTask change, Actor actor, CancellationToken ct = default)
    {
        var command = change.Command;
        if (command is EditTask edit)
        {
            var owner = await TaskPeople.FindAsync(people, change.Owner, ct);
            if (!owner.IsOk) return owner.Refusal!;
            command = edit with { OwnerId = owner.Value?.Id, OwnerName = owner.Value?.DisplayName, DueAt = edit.DueAt?.ToUniversalTime() };
        }
        return await db.WriteAsync<WorkTask>(async tx => await DecideAsync(tx, change, command, actor), ct: ct);
    }

    private async Task<Result<WorkTask>> DecideAsync(UnitOfWork tx, ChangeTask change, TaskCommand command, Actor actor)
    {
        if (await TaskStore.FindAsync(tx, actor, change.Code) is not { } task) return Refusal.NotFound("The task");
        // Whoever is to do it says that it is done; giving it to somebody else or dropping it is for those who run the incident.
        var relation = command is CompleteTask or CheckTask ? task.Relation(actor) : Relation.None;
        if (AccessTable.Deny(actor, Act.WriteTask, relation) is { } denied) return denied;
        if (change.ExpectedVersion is { } expected && expected != task.State.Version)
        {
            return Refusal.Stale(
                $"{task.Code} was changed by {task.ChangedBy} in the meantime: {task.ChangedWhat}. Your change was not saved. Load the "
                    + $"current version, then try again.", [task.ChangedWhat]);
        }
        if (command is CompleteTask && task.State is { Kind: TaskKind.Disposal, ProgramId: { } program } && await guard.FindHoldAsync(
            tx, actor, program) is { } hold)
            return hold.Refuse("Its datasets are kept until the hold is released. The task stays open.");
        var outcome = TaskRules.Decide(task.State, command, actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var accepted = outcome.Value;
        if (accepted.Events.Count == 0) return task;
        await TaskStore.SaveAsync(tx, task, accepted.Next, actor, TaskWriter.Tell(accepted.Next, accepted.Events[0]).Act);
        await TaskWriter.TellAsync(tx, task.Code, accepted.Next, accepted.Events[0], actor);
        return (await TaskStore.FindAsync(tx, actor, task.Code))!;
    }
}
