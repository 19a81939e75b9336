using IncidentHub.Domain.Tasks;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Response.Tasks;

/// <summary>The due time of a condition has passed and it is not met.</summary>
/// <param name="IncidentIds">The incidents that the task is about.</param>
internal sealed record ConditionMissed(string TaskCode, Guid ProgramId, IReadOnlyList<Guid> IncidentIds) : LayerEvent<ConditionMissed>;

/// <summary>The records of each event of a task.</summary>
internal static class TaskHistory
{
    private const int MaxHeadline = 200;

    /// <param name="before">Null for the event that opens the task.</param>
    public static JournalEntry Of(string code, TaskState? before, TaskState task, DomainEvent happened)
    {
        var (action, title, note) = Words(happened);
        return new()
        {
            Action = $"task.{action}",
            Subject = $"task {code}",
            About = [.. task.IncidentIds],
            Detail = new
            {
                task.What,
                task.Kind,
                task.OwnerName,
                task.DueAt,
                Note = note,
                Evidence = happened is TaskClosed or TaskDone ? task.EvidenceId : null,
                Before = happened is TaskEdited ? new { before!.What, before.OwnerName, before.DueAt } : null,
                Incidents = task.IncidentIds.Count == 0 ? null : task.IncidentIds,
            },
            Timeline = [.. Timeline(code, task, title, note)],
            Topics = [$"task:{task.Id}", .. Owners(before, task)],
            // Of several incidents one is enough to see it.
            SubjectTopics = task.IncidentIds.Count == 0
                ? [new([], [.. Topics(task)])] : [.. task.IncidentIds.Select(id => new SubjectTopics([id], [.. Topics(task)]))],
            Events = happened is TaskMissed && task.ProgramId is { } program ? [new ConditionMissed(code, program, task.IncidentIds)] : [],
        };
    }

    /// <summary>A short description for a conflict message.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => string.Join("; ", events.Select(e => Words(e).Action));

    private static (string Action, string Title, string? Note) Words(DomainEvent happened) => happened switch
    {
        TaskCreated => ("created", "opened", null),
        TaskEdited => ("edited", "changed", null),
        TaskDone e => ("done", "done, awaiting verification", e.Note),
        TaskClosed { IsKept: true } e => ("closed", "closed, the dataset is kept", e.Note),
        TaskClosed e => ("closed", "closed", e.Note),
        TaskSentBack e => ("sent-back", "fix not verified, open again", e.Note),
        TaskCancelled e => ("cancelled", "cancelled", e.Reason),
        TaskMissed => ("missed", "condition missed", null),
        TaskReopened e => ("reopened", "reopened", e.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a task."),
    };

    /// <summary>
    /// A task of incidents is recorded on their timelines only, which have their own visibility. If it is about several, its text is
    /// in the body, which is shown only to those who may see all of them.
    /// </summary>
    private static IEnumerable<TimelineEntry> Timeline(string code, TaskState task, string title, string? note)
    {
        var data = new { Code = code, task.Kind, task.Status };
        if (task.IncidentIds is { Count: > 1 } several)
        {
            return several.Select(id => new TimelineEntry
            {
                IncidentId = id,
                Kind = "task",
                Title = $"{code} {title}",
                PublicTitle = $"{code} {title}",
                Body = note is null ? task.What : $"{task.What}\n\n{note}",
                Data = data,
                About = [.. several.Where(other => other != id)],
            });
        }
        if (task is { IncidentIds: [], ProgramId: null }) return [];
        var incident = task.IncidentIds.Count == 0 ? (Guid?)null : task.IncidentIds[0];
        return
        [
            new()
            {
                IncidentId = incident,
                ProgramId = incident is null ? task.ProgramId : null,
                Kind = "task",
                Title = $"{code} {title}: {Headline(task.What)}",
                Body = note,
                Data = data,
            },
        ];
    }

    // Who owns a task sees it, also where they do not see its incident.
    private static IEnumerable<string> Owners(TaskState? before, TaskState task) =>
        ((Guid?[])[before?.OwnerId, task.OwnerId]).OfType<Guid>().Distinct().Select(LiveFeed.SightOf);

    private static IEnumerable<string> Topics(TaskState task)
    {
        yield return "tasks";
        if (task.ProgramId is { } program) yield return $"program:{program}";
        if (task.DecisionId is { } decision) yield return $"decision:{decision}";
    }

    // The task has the full text.
    private static string Headline(string what) => TextRules.Cut(what, MaxHeadline);
}
