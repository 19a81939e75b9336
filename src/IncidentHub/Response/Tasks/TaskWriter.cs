using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>Published writer: tasks that follow from decisions and incidents, in their transaction.</summary>
internal static class TaskWriter
{
    /// <summary>Adds the task under the next code, «T-12». Refuses wrong fields by name.</summary>
    public static async Task<Result<string>> CreateAsync(UnitOfWork tx, TaskState task, Actor actor)
    {
        var outcome = TaskRules.Create(task with { Id = OrderedId.Next(tx.Now) }, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var accepted = outcome.Value;
        var number = await Counters.NextAsync(tx, "task");
        var code = $"T-{number}";
        await tx.ExecuteAsync("WorkTask_Insert", TaskRow.Of(accepted.Next, code, number, actor.Name, "created"));
        await TellAsync(tx, code, accepted.Next, accepted.Events[0], actor);
        return code;
    }

    /// <summary>Conditions of decisions whose date has passed and that nobody has told of yet.</summary>
    public static Task<IReadOnlyList<MissedCondition>> MissedConditionsAsync(ISql sql, DateTimeOffset now) =>
        sql.QueryAsync<MissedCondition>("WorkTask_MissedConditions", new { Now = now });

    /// <summary>Tells once that a condition was missed. False: somebody else has, or it is done by now.</summary>
    public static async Task<bool> MarkMissedAsync(UnitOfWork tx, MissedCondition missed)
    {
        if (await tx.ExecuteAsync("WorkTask_MarkMissed", new { missed.Id, tx.Now }) == 0) return false;
        var task = new TaskState
        {
            Id = missed.Id,
            Kind = TaskKind.Condition,
            What = missed.What,
            OwnerName = missed.OwnerName,
            DueAt = missed.DueAt,
            ProgramId = missed.ProgramId,
            IncidentId = missed.IncidentId,
            DecisionId = missed.DecisionId,
            CreatedAt = missed.DueAt,
        };
        await TellAsync(tx, missed.Code, task, new TaskMissed(missed.What), Actor.System);
        return true;
    }

    /// <summary>Writes timeline and audit, and tells open pages.</summary>
    internal static async Task TellAsync(UnitOfWork tx, string code, TaskState task, DomainEvent happened, Actor actor)
    {
        var (act, title, body) = Tell(task, happened);
        if (task.IncidentId is not null || task.ProgramId is not null)
        {
            // What belongs to an incident is told there only: who may know of it is decided there.
            await TimelineWriter.AppendAsync(tx, actor, new TimelineAppend
            {
                IncidentId = task.IncidentId,
                ProgramId = task.IncidentId is null
                    ? task.ProgramId : null,
                Kind = "task",
                HappenedAt = tx.Now,
                Title = $"{code} {title}",
                Body = body,
                Data = new { Code = code, task.Kind, task.Status },
            });
        }
        await AuditWriter.AppendAsync(tx, actor, $"task.{act}", $"task {code}",
            new { task.What, task.Kind, task.OwnerName, task.DueAt, Note = body });
        tx.Touch("tasks", $"task:{task.Id}");
        if (task.IncidentId is { } incident) tx.Touch($"incident:{incident}");
        if (task.ProgramId is { } program) tx.Touch($"program:{program}");
        if (task.DecisionId is { } decision) tx.Touch($"decision:{decision}");
    }

    internal static (string Act, string Title, string? Body) Tell(TaskState task, DomainEvent happened) => happened switch
    {
        TaskCreated => ("created", $"opened: {Short(task.What)}", null),
        TaskEdited => ("edited", $"changed: {Short(task.What)}", null),
        TaskDone d => ("done", $"done, awaiting verification: {Short(task.What)}", d.Note),
        TaskClosed c => ("closed", $"closed: {Short(task.What)}", c.Note),
        TaskSentBack s => ("sent-back", $"fix not verified, open again: {Short(task.What)}", s.Note),
        TaskDropped d => ("dropped", $"cancelled: {Short(task.What)}", d.Reason),
        TaskMissed => ("missed", $"condition missed: {Short(task.What)}", null),
        TaskReopened r => ("reopened", $"reopened: {Short(task.What)}", r.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event of another concept."),
    };

    // A headline; the whole text stands in the task.
    private static string Short(string what) => what.Length <= 200 ? what : $"{what[..199]}…";
}

/// <summary>A condition of a decision that is not done although its date has passed.</summary>
internal sealed record MissedCondition
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string What { get; init; }
    public required string? OwnerName { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required Guid? ProgramId { get; init; }
    public required Guid? IncidentId { get; init; }
    public required Guid? DecisionId { get; init; }
}
