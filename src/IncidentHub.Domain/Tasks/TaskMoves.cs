namespace IncidentHub.Domain.Tasks;

/// <summary>What moves a task from one status to another.</summary>
public enum TaskMove { Complete, Verify, SendBack, Cancel, Reopen }

/// <summary>The moves on a board of tasks. Each is a command, which decides; here is only which one somebody means.</summary>
public static class TaskMoves
{
    /// <summary>The move that leads there; refused where none does.</summary>
    public static Result<TaskMove> Of(TaskKind kind, TaskStatus from, TaskStatus to) => (from, to) switch
    {
        (TaskStatus.Open, TaskStatus.AwaitingCheck) when kind != TaskKind.Fix =>
            Refusal.NotAllowed("not_verified", "Only a fix is verified by a second person. Mark this task done."),
        // A fix awaits verification then, wherever it was dropped.
        (TaskStatus.Open, TaskStatus.AwaitingCheck or TaskStatus.Closed) => TaskMove.Complete,
        (TaskStatus.AwaitingCheck, TaskStatus.Closed) => TaskMove.Verify,
        (TaskStatus.AwaitingCheck, TaskStatus.Open) => TaskMove.SendBack,
        (TaskStatus.Open or TaskStatus.AwaitingCheck, TaskStatus.Cancelled) => TaskMove.Cancel,
        (TaskStatus.Closed or TaskStatus.Cancelled, TaskStatus.Open) => TaskMove.Reopen,
        _ => Refusal.NotAllowed("not_open", "This task is not open. Reopen it first."),
    };
}
