using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Response.Tasks.Parts;

/// <summary>What is asked about a task in its dialog.</summary>
public enum TaskAsk { Complete, Verify, Cancel, Reopen }

/// <summary>Tasks on a page, with the acts that the viewer is offered on each. The handler asks again.</summary>
public abstract class TaskWork : LiveComponent
{
    [Inject] private protected TaskQueries Queries { get; set; } = null!;

    [Inject] private protected Toasts Toasts { get; set; } = null!;

    [Inject] private protected Viewer Viewer { get; set; } = null!;

    private protected WorkTask? Acting { get; private set; }

    private protected TaskAsk Asked { get; private set; }

    private protected bool MayWrite => AccessTable.Allows(Actor, Act.WriteTask);

    private protected IEnumerable<(TaskAsk Ask, string Name)> ActsOn(WorkTask t)
    {
        var state = t.State;
        var runs = MayWrite || state.OwnerId == Actor.Id;
        if (state.Status == TaskStatus.Open && runs) yield return (TaskAsk.Complete, "Mark done");
        if (state.Status == TaskStatus.AwaitingCheck && state.DoneById != Actor.Id && runs) yield return (TaskAsk.Verify, "Verify");
        if (state.Status == TaskStatus.Open && MayWrite && state.Kind is TaskKind.General or TaskKind.Fix)
            yield return (TaskAsk.Cancel, "Cancel task");
        if (!state.IsOpen && MayWrite) yield return (TaskAsk.Reopen, "Reopen");
    }

    /// <summary>What the task belongs to, where the viewer may see it.</summary>
    private protected static (string Text, string Href)? Of(WorkTask t) =>
        t.IncidentCode is { } incident ? (incident, $"/incidents/{incident}")
        : t.DecisionCode is { } decision ? (decision, $"/decisions/{decision}")
        : t.ProgramCode is { } program ? (program, $"/programs/{program}")
        : null;

    private protected static string WordOf(TaskStatus status) => status switch
    {
        TaskStatus.Open => "Open",
        TaskStatus.AwaitingCheck => "To verify",
        TaskStatus.Closed => "Done",
        TaskStatus.Dropped => "Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An unknown status."),
    };

    private protected void Ask(WorkTask task, TaskAsk what) => (Acting, Asked) = (task, what);

    private protected void Close() => Acting = null;

    private protected async Task DoneAsync(string done)
    {
        Close();
        Toasts.Done(done);
        await ReloadAsync();
    }
}
