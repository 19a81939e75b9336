using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Tasks;

/// <summary>Commands of a task.</summary>
public abstract record TaskCommand;

/// <summary>Changes what, by whom or by when.</summary>
public sealed record EditTask(string What, Guid? OwnerId, string? OwnerName, DateTimeOffset? DueAt) : TaskCommand;

/// <summary>
/// Marks the task done. A fix then needs verification by another person; other tasks are closed. A disposal is closed by evidence, or its
/// dataset is kept, with the reason as the note.
/// </summary>
/// <param name="Evidence">The code of a file of evidence of one of its incidents.</param>
/// <param name="EvidenceId">That file, once it was found.</param>
public sealed record CompleteTask(string Note, string? Evidence = null, bool IsKept = false, Guid? EvidenceId = null) : TaskCommand;

/// <summary>Another person verified the fix.</summary>
/// <param name="Holds">False sends it back.</param>
public sealed record CheckTask(bool Holds, string Note) : TaskCommand;

/// <summary>Cancels the task.</summary>
public sealed record CancelTask(string Reason) : TaskCommand;

/// <summary>Reopens a closed or cancelled task.</summary>
public sealed record ReopenTask(string Reason) : TaskCommand;

/// <summary>The date of a condition has passed. Sent by a timer; changes nothing where that is recorded already.</summary>
public sealed record MissTask : TaskCommand;

public sealed record TaskCreated(string What) : DomainEvent;

public sealed record TaskEdited(string What) : DomainEvent;

public sealed record TaskDone(string Note) : DomainEvent;

/// <param name="IsKept">Of a disposal: the dataset is kept.</param>
public sealed record TaskClosed(string Note, bool IsKept = false) : DomainEvent;

public sealed record TaskSentBack(string Note) : DomainEvent;

public sealed record TaskCancelled(string Reason) : DomainEvent;

public sealed record TaskReopened(string Reason) : DomainEvent;

/// <summary>The due date of a condition has passed.</summary>
public sealed record TaskMissed(string What) : DomainEvent;

/// <summary>Tasks. A fix is closed by a person other than its doer.</summary>
public static class TaskRules
{
    public const int MaxWhat = 500;
    public const int MaxNote = 4000;

    /// <summary>A new task, or a refusal with the wrong fields.</summary>
    public static Result<Accepted<TaskState>> Create(TaskState task, DateTimeOffset now) =>
        Check(task.What, task.OwnerId, task.DueAt, now) is { } invalid
            ? invalid
            : Outcome.Accept(task with { What = task.What.Clean(), CreatedAt = now, Version = 1 }, new TaskCreated(task.What.Clean()));

    public static Result<Accepted<TaskState>> Decide(TaskState task, TaskCommand command, Actor actor, DateTimeOffset now) => command switch
    {
        EditTask edit => Edit(task, edit, now),
        CompleteTask complete => Complete(task, complete, actor, now),
        CheckTask check => CheckFix(task, check, actor, now),
        CancelTask drop => Drop(task, drop, actor, now),
        ReopenTask reopen => Reopen(task, reopen),
        MissTask => Miss(task, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An unknown command."),
    };

    private static Result<Accepted<TaskState>> Edit(TaskState task, EditTask command, DateTimeOffset now)
    {
        if (!task.IsOpen) return NotOpen();
        // A past due date may stay unchanged; a new one must be in the future.
        if (Check(command.What, command.OwnerId, command.DueAt == task.DueAt ? null : command.DueAt, now) is { } invalid) return invalid;
        var next = task with
        {
            What = command.What.Clean(),
            OwnerId = command.OwnerId,
            OwnerName = command.OwnerName,
            DueAt = command.DueAt,
            MissedAt = command.DueAt == task.DueAt ? task.MissedAt : null,
        };
        return next == task ? Outcome.Accept(task) : Accept(next, new TaskEdited(next.What));
    }

    private static Result<Accepted<TaskState>> Complete(TaskState task, CompleteTask command, Actor actor, DateTimeOffset now)
    {
        if (task.Status != TaskStatus.Open) return NotOpen();
        if (new Validation().Text(command.Note, "note", MaxNote)
            .Check(!command.IsKept || task.Kind == TaskKind.Disposal, "kept", "Only what a disposal is about can be kept.")
            .Check(command.IsKept || !NeedsEvidence(task) || command.EvidenceId is not null, "evidence",
                "Name the file of evidence that shows the disposal. Where the dataset is kept, say so, and why.")
            .ToRefusal() is { } invalid) return invalid;
        var note = command.Note.Clean();
        var done = task with
        {
            DoneById = actor.Id,
            DoneByName = actor.Name,
            DoneAt = now,
            DoneNote = note,
            EvidenceId = command.EvidenceId,
            IsKept = command.IsKept,
        };
        return task.Kind == TaskKind.Fix
            ? Accept(done with { Status = TaskStatus.AwaitingCheck }, new TaskDone(note))
            : Accept(Closed(done, actor, now, null), new TaskClosed(note, command.IsKept));
    }

    /// <summary>Evidence belongs to an incident: what a decision without one asks for is closed by a note.</summary>
    public static bool NeedsEvidence(TaskState task) => task is { Kind: TaskKind.Disposal, IncidentIds.Count: > 0 };

    private static Result<Accepted<TaskState>> CheckFix(TaskState task, CheckTask command, Actor actor, DateTimeOffset now)
    {
        if (task.Status != TaskStatus.AwaitingCheck)
            return Refusal.NotAllowed("not_awaiting_check", "This task is not awaiting verification.");
        if (task.DoneById == actor.Id) return Refusal.NotAllowed("doer_cannot_check", "You did this task. Another person must verify it.");
        if (new Validation().Text(command.Note, "note", MaxNote).ToRefusal() is { } invalid) return invalid;
        var note = command.Note.Clean();
        return command.Holds
            ? Accept(Closed(task, actor, now, note), new TaskClosed(note))
            : Accept(Undone(task), new TaskSentBack(note));
    }

    private static Result<Accepted<TaskState>> Drop(TaskState task, CancelTask command, Actor actor, DateTimeOffset now)
    {
        if (!task.IsOpen) return NotOpen();
        if (task.Kind is TaskKind.Condition or TaskKind.Disposal)
        {
            return Refusal.NotAllowed("decided", "A decision requires this task. It can be completed, not cancelled.");
        }
        if (new Validation().Text(command.Reason, "reason", MaxNote).ToRefusal() is { } invalid) return invalid;
        return Accept(Closed(task, actor, now, command.Reason.Clean()) with { Status = TaskStatus.Cancelled },
            new TaskCancelled(command.Reason.Clean()));
    }

    private static Result<Accepted<TaskState>> Reopen(TaskState task, ReopenTask command)
    {
        if (task.IsOpen) return Refusal.NotAllowed("already_open", "This task is open already.");
        if (new Validation().Text(command.Reason, "reason", MaxNote).ToRefusal() is { } invalid) return invalid;
        return Accept(Undone(task), new TaskReopened(command.Reason.Clean()));
    }

    private static Result<Accepted<TaskState>> Miss(TaskState task, DateTimeOffset now) =>
        task is { Kind: TaskKind.Condition, Status: TaskStatus.Open, MissedAt: null } && task.DueAt <= now
            ? Accept(task with { MissedAt = now }, new TaskMissed(task.What))
            : Outcome.Accept(task);

    private static TaskState Closed(TaskState task, Actor actor, DateTimeOffset now, string? note) =>
        task with { Status = TaskStatus.Closed, ClosedById = actor.Id, ClosedByName = actor.Name, ClosedAt = now, ClosedNote = note };

    private static TaskState Undone(TaskState task) => task with
    {
        Status = TaskStatus.Open,
        DoneById = null,
        DoneByName = null,
        DoneAt = null,
        DoneNote = null,
        EvidenceId = null,
        IsKept = false,
        ClosedById = null,
        ClosedByName = null,
        ClosedAt = null,
        ClosedNote = null,
    };

    private static Result<Accepted<TaskState>> Accept(TaskState next, DomainEvent told) =>
        Outcome.Accept(next with { Version = next.Version + 1 }, told);

    private static Refusal NotOpen() => Refusal.NotAllowed("not_open", "This task is not open. Reopen it first.");

    private static Refusal? Check(string? what, Guid? ownerId, DateTimeOffset? dueAt, DateTimeOffset now) => new Validation()
        .Line(what, "what", MaxWhat)
        .Check(ownerId != Guid.Empty, "owner", "Name the person responsible, or leave it unassigned.")
        .Check(dueAt is not { } due || due > now, "dueAt", "Choose a time in the future.")
        .Check(dueAt is not { } late || late <= now.AddYears(5), "dueAt", "At most five years ahead.")
        .ToRefusal();
}
