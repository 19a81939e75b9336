using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Tasks.Parts;

/// <summary>A card of tasks: give it the code of an incident, a program or a decision.</summary>
public partial class TaskCard : TaskWork
{
    private const int First = 25, Most = 250;

    private IReadOnlyList<TaskView> _tasks = [];
    private bool _more;
    private bool _adding;
    private bool _board;

    [Parameter] public string? Incident { get; set; }

    [Parameter] public string? Program { get; set; }

    [Parameter] public string? Decision { get; set; }

    [Parameter] public string Title { get; set; } = "Tasks";

    /// <summary>
    /// The live topic of the owner of the tasks: <c>incident:{id}</c>. Without it the card reloads after a change of any task.
    /// </summary>
    [Parameter] public string? Topic { get; set; }

    /// <summary>The number of tasks shown; in the URL, so that Back restores it.</summary>
    [SupplyParameterFromQuery(Name = "tasks")] public string? Shown { get; set; }

    protected override object? ParametersKey => (Incident, Program, Decision, Shown);

    protected override IReadOnlyCollection<string> Topics => [Topic ?? "tasks"];

    // A decision's tasks are opened by the decision itself.
    private bool MayAdd => (Incident is not null || Program is not null) && MayWrite;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var filter = new TaskFilter { Incident = Incident, Program = Program, Decision = Decision };
        var found = await Queries.OpenFirstAsync(filter, QueryText.Lines(Shown, First, Most), Actor, ct);
        (_tasks, _more) = found.IsOk ? found.Value : ([], false);
    }

    private Task AddedAsync(string done)
    {
        _adding = false;
        return DoneAsync(done);
    }
}
