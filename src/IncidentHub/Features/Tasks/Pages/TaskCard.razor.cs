using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Tasks.Pages;

/// <summary>What is asked about a task in its dialog.</summary>
public enum TaskAsk { Complete, Check, Drop, Reopen }

/// <summary>A card of tasks: give it the code of an incident, a program or a decision.</summary>
public partial class TaskCard : LiveComponent
{
    private readonly List<WorkTask> _tasks = [];
    private string? _next;
    private bool _adding;
    private WorkTask? _acting;
    private TaskAsk? _asked;

    [Parameter] public string? Incident { get; set; }

    [Parameter] public string? Program { get; set; }

    /// <summary>Code of a program: its own tasks, and those of incidents that it is linked to.</summary>
    [Parameter] public string? About { get; set; }

    [Parameter] public string? Decision { get; set; }

    /// <summary>Only what the viewer is to do.</summary>
    [Parameter] public bool Mine { get; set; }

    /// <summary>Only open ones whose date has passed.</summary>
    [Parameter] public bool Overdue { get; set; }

    /// <summary>Only open ones.</summary>
    [Parameter] public bool Open { get; set; }

    [Parameter] public string Title { get; set; } = "Tasks";

    /// <summary>The live topic of what it belongs to: <c>incident:{id}</c>. Without it every change of any task makes it load again.</summary>
    [Parameter] public string? Topic { get; set; }

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private Toasts Toasts { get; set; } = null!;

    [Inject] private Viewer Viewer { get; set; } = null!;

    protected override object? ParametersKey => (Incident, Program, About, Decision, Mine, Overdue, Open);

    protected override IReadOnlyCollection<string> Topics => [Topic ?? "tasks"];

    private TaskFilter Filter => new() { Incident = Incident, Program = Program, About = About, Decision = Decision, Mine = Mine, Overdue = Overdue, Open = Open };

    private bool IsScoped => Incident is not null || Program is not null || Decision is not null;

    // A decision's tasks come from the decision itself; a list of all belongs to nothing that a new one could belong to.
    private bool MayOpen => (Incident is not null || Program is not null) && AccessTable.Allows(Actor, Domain.Access.Act.WriteTask);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Services.GetRequiredService<TaskQueries>().ListAsync(Filter, null, Math.Clamp(_tasks.Count, 25, 250), Actor, ct);
        _tasks.Clear();
        if (!page.IsOk) return;
        _tasks.AddRange(page.Value.Items.OrderByDescending(t => t.State.IsOpen).ThenBy(t => t.State.DueAt ?? DateTimeOffset.MaxValue));
        _next = page.Value.NextCursor;
    }

    private async Task MoreAsync()
    {
        var page = await Services.GetRequiredService<TaskQueries>().ListAsync(Filter, _next, 25, Actor, Gone);
        if (!page.IsOk) return;
        _tasks.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private bool MayWrite => AccessTable.Allows(Actor, Domain.Access.Act.WriteTask);

    private bool Own(WorkTask task) => task.State.OwnerId == Actor.Id;

    private static (string Text, string Href)? Of(WorkTask t) =>
        t.IncidentCode is { } incident ? (incident, $"/incidents/{incident}")
        : t.DecisionCode is { } decision ? (decision, $"/decisions/{decision}")
        : t.ProgramCode is { } program ? (program, $"/programs/{program}")
        : null;

    private void Act(WorkTask task, TaskAsk what) => (_acting, _asked) = (task, what);

    private void Closed(bool open)
    {
        if (!open) _asked = null;
    }

    private async Task DoneAsync(string said)
    {
        _adding = false;
        _asked = null;
        Toasts.Done(said);
        await ReloadAsync();
    }
}
