using IncidentHub.Domain;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Tasks.Pages;

/// <summary>Open tasks of all incidents, programs and decisions that the viewer may see.</summary>
public sealed partial class TaskList : LiveComponent
{
    private const int PageSize = 50;
    private const int MostReloaded = 250;
    private readonly List<WorkTask> _tasks = [];
    private string? _next;
    private Refusal? _refusal;

    [Inject] private TaskQueries Queries { get; set; } = null!;

    [SupplyParameterFromQuery] public bool Mine { get; set; }

    [SupplyParameterFromQuery] public bool Overdue { get; set; }

    protected override object? ParametersKey => (Mine, Overdue);

    protected override IReadOnlyCollection<string> Topics { get; } = ["tasks", "incidents", "decisions"];

    private TaskFilter Filter => new() { Open = true, Mine = Mine, Overdue = Overdue };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Filter, null, Math.Clamp(_tasks.Count, PageSize, MostReloaded), Actor, ct);
        _tasks.Clear();
        _refusal = page.Refusal;
        if (!page.IsOk) return;
        _tasks.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private async Task MoreAsync()
    {
        var page = await Queries.ListAsync(Filter, _next, PageSize, Actor, Gone);
        if (!page.IsOk) return;
        _tasks.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private static (string Text, string Href)? Of(WorkTask t) =>
        t.IncidentCode is { } incident ? (incident, $"/incidents/{incident}?tab=tasks")
        : t.DecisionCode is { } decision ? (decision, $"/decisions/{decision}")
        : t.ProgramCode is { } program ? (program, $"/programs/{program}")
        : null;
}
