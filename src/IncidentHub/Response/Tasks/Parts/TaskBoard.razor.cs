using IncidentHub.Domain.Tasks;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Response.Tasks.Parts;

/// <summary>A board of tasks by status: of an incident, a program, a decision, or of all that the viewer may read.</summary>
public partial class TaskBoard : TaskWork
{
    private const int Most = 100, MostEnded = 25;

    private MudDropContainer<TaskView>? _container;
    private List<TaskView> _tasks = [];
    private bool _more;
    private bool _holds = true, _reloaded;
    private int _drops;

    [Parameter] public string? Incident { get; set; }

    [Parameter] public string? Program { get; set; }

    [Parameter] public string? Decision { get; set; }

    /// <summary>Code of a program: its own tasks, and those of incidents that it is linked to.</summary>
    [Parameter] public string? About { get; set; }

    /// <summary>Only tasks of the viewer.</summary>
    [Parameter] public bool Mine { get; set; }

    /// <summary>The live topic of the owner of the tasks; without it the board reloads after a change of any task.</summary>
    [Parameter] public string? Topic { get; set; }

    protected override object? ParametersKey => (Incident, Program, Decision, About, Mine);

    protected override IReadOnlyCollection<string> Topics => [Topic ?? "tasks"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var filter = new TaskFilter { Incident = Incident, Program = Program, Decision = Decision, About = About, Mine = Mine };
        var open = await Queries.NextDueAsync(filter with { Open = true }, null, Most, Actor, ct);
        var ended = await Queries.ListAsync(filter with { Ended = true }, null, MostEnded, Actor, ct);
        _tasks = [.. open.IsOk ? open.Value.Items : [], .. ended.IsOk ? ended.Value.Items : []];
        _more = (open.IsOk && open.Value.NextCursor is not null) || (ended.IsOk && ended.Value.NextCursor is not null);
        _reloaded = true;
    }

    // The zones read their tasks once these are parameters of the container.
    protected override void OnAfterRender(bool firstRender)
    {
        if (!_reloaded) return;
        _reloaded = false;
        _container?.Refresh();
    }

    private int CountOf(TaskStatus status) => _tasks.Count(t => t.Status == status);

    private void AskFor(TaskView task, TaskAsk ask)
    {
        _holds = true;
        Ask(task, ask);
    }

    // The task stays where it is until its command was accepted: the container, which has moved it, is made anew.
    private void Moved(MudItemDropInfo<TaskView> dropped)
    {
        _drops++;
        if (dropped.Item is not { } task || !Enum.TryParse<TaskStatus>(dropped.DropzoneIdentifier, out var to) || to == task.Status) return;
        if (!task.IsTextVisible) return;
        var move = TaskMoves.Of(task.Kind, task.Status, to);
        if (move.Refusal is { } refused)
        {
            Toasts.Failed(refused.Message);
            return;
        }
        _holds = move.Value != TaskMove.SendBack;
        Ask(task, move.Value switch
        {
            TaskMove.Complete => TaskAsk.Complete,
            TaskMove.Verify or TaskMove.SendBack => TaskAsk.Verify,
            TaskMove.Cancel => TaskAsk.Cancel,
            TaskMove.Reopen => TaskAsk.Reopen,
        });
    }
}
