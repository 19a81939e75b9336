using IncidentHub.Catalog.Datasets.Parts;
using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Incidents;

/// <summary>What the exposures of an incident reach: as a graph, as a table, and the links that lineage suggests.</summary>
public partial class BlastRadiusPage : LiveComponent
{
    private const int FirstRows = 50, MostChoices = 8;

    private BlastRadiusView? _view;
    private ReachGraph? _graph;
    private Refusal? _refusal;
    private bool _mayChange;

    [Inject] private GetBlastRadiusHandler Handler { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    /// <summary>The farthest step that is shown, and the number of rows; both are in the address.</summary>
    [SupplyParameterFromQuery] public string? Steps { get; set; }
    [SupplyParameterFromQuery] public string? Shown { get; set; }

    protected override object? ParametersKey => (Code, Steps);

    protected override IReadOnlyCollection<string> Topics =>
        _view is null ? ["incidents"] : [$"incident:{_view.Id}", "incidents", "datasets"];

    private List<Crumb> Trail => [new("Incidents", "incidents"), new(_view?.Incident ?? Code, $"incidents/{_view?.Incident ?? Code}")];

    private bool MayChange => _mayChange;

    private int ShownSteps => Math.Clamp(QueryText.Number(Steps) ?? ReachGraph.StepsShown(_view!), 0, _view!.Steps);

    private int ShownRows => Math.Max(FirstRows, QueryText.Number(Shown) ?? 0);

    private IReadOnlyList<ReachNode> Rows => [.. _view!.Nodes.Where(n => n.Step <= ShownSteps)];

    // The first steps and the last one: a lineage can be long.
    private IEnumerable<int> Choices =>
        Enumerable.Range(0, _view!.Steps + 1).Where(step => step < MostChoices || step == ShownSteps || step == _view.Steps);

    private string Derived => (_view!.Nodes.Count(n => n.Step > 0 && n.Kind == ReachKind.Dataset),
        _view.Nodes.Count(n => n.Step > 0 && n.Kind == ReachKind.Model)) switch
    {
        (var sets, 0) => DatasetWords.Plural(sets, "dataset"),
        var (sets, models) => $"{DatasetWords.Plural(sets, "dataset")}, {DatasetWords.Plural(models, "model")}",
    };

    private string Unknown => (_view!.Total.RecordsUnknown, _view.Total.SubjectsUnknown) switch
    {
        (0, 0) => "",
        var (records, people) =>
            $"Records are unknown of {DatasetWords.Plural(records, "dataset")}, people of {DatasetWords.Plural(people, "dataset")}.",
    };

    private string Sentence => $"Blast radius of {_view!.Incident}: {_graph!.Shown:N0} datasets, models and programs in "
        + $"{DatasetWords.Plural(ShownSteps, "step")}. The table below says the same.";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Handler.HandleAsync(Code, Actor, ct);
        _refusal = found.Refusal;
        _view = found.IsOk ? found.Value : null;
        if (_view is null) return;
        _mayChange = _view.IsOpen && AccessTable.Allows(Actor, Act.ChangeIncident);
        _graph = ReachGraph.Of(_view, ShownSteps, With);
    }

    private string With(int step) => Navigation.ToBaseRelativePath(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["steps"] = step, ["shown"] = null }));

    private string StepName(int step) => step == _view!.Steps ? "All" : step == 0 ? "Exposed" : $"To step {step}";

    private static string KindOf(ReachNode n) =>
        n.Involvement is { } kind ? $"{n.Kind}, {kind.ToString().ToLowerInvariant()}" : n.Kind.ToString();

    private static string Through(ReachNode n) => n.Through.Count == 0 ? "–"
        : $"{(n.Kind == ReachKind.Program ? "feeds " : "")}{ReachWords.Some(n.Through, 2)}";

    private async Task DoneAsync(string done)
    {
        Toasts.Done(done);
        await ReloadAsync();
    }
}
