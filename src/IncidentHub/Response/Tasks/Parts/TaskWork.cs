using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Response.Tasks.Parts;

/// <summary>The dialogs of a task.</summary>
public enum TaskAsk { Complete, Verify, Cancel, Reopen, Edit }

/// <summary>Tasks on a page, with the acts that the viewer is offered on each. The handler checks again.</summary>
public abstract class TaskWork : LiveComponent
{
    [Inject] private protected TaskQueries Queries { get; set; } = null!;

    [Inject] private protected Toasts Toasts { get; set; } = null!;

    [Inject] private protected Viewer Viewer { get; set; } = null!;

    private protected TaskView? Acting { get; private set; }

    private protected TaskAsk Asked { get; private set; }

    private protected bool MayWrite => AccessTable.Allows(Actor, Act.WriteTask);

    private protected IEnumerable<(TaskAsk Ask, string Name)> ActsOn(TaskView t)
    {
        // A viewer who may not read the text is offered no act.
        if (!t.IsTextVisible) yield break;
        var completes = AccessTable.Allows(Actor, Act.CompleteTask, t.OwnerId == Actor.Id ? Relation.OwnTask : Relation.None);
        if (t.Status == TaskStatus.Open && completes) yield return (TaskAsk.Complete, "Mark done");
        if (t.Status == TaskStatus.AwaitingCheck && t.DoneById != Actor.Id && AccessTable.Allows(Actor, Act.VerifyFix))
            yield return (TaskAsk.Verify, "Verify");
        if (t.IsOpen && MayWrite) yield return (TaskAsk.Edit, "Edit");
        if (t.Status == TaskStatus.Open && MayWrite && t.Kind is TaskKind.General or TaskKind.Fix or TaskKind.Notify)
            yield return (TaskAsk.Cancel, "Cancel task");
        if (!t.IsOpen && MayWrite) yield return (TaskAsk.Reopen, "Reopen");
    }

    /// <summary>What the task belongs to, if the viewer may see it.</summary>
    private protected static (string Text, string Href)? Of(TaskView t) =>
        t.Incident is { } incident ? (incident, $"incidents/{incident}")
        : t.Decision is { } decision ? (decision, $"decisions/{decision}")
        : t.Program is { } program ? (program, $"programs/{program}")
        : null;

    internal static string WordOf(TaskStatus status) => status switch
    {
        TaskStatus.Open => "Open",
        TaskStatus.AwaitingCheck => "To verify",
        TaskStatus.Closed => "Done",
        TaskStatus.Cancelled => "Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An unknown status."),
    };

    private protected void Ask(TaskView task, TaskAsk what) => (Acting, Asked) = (task, what);

    private protected void Close() => Acting = null;

    private protected async Task DoneAsync(string done)
    {
        Close();
        Toasts.Done(done);
        await ReloadAsync();
    }
}
