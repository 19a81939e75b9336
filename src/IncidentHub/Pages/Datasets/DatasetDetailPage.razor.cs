using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Datasets.Parts;

namespace IncidentHub.Pages.Datasets;

public partial class DatasetDetailPage : LiveComponent
{
    private DatasetPage? _page;
    private LineageView? _view;

    [Inject] private DatasetQueries Queries { get; set; } = null!;

    [Parameter] public string Name { get; set; } = "";

    private DatasetState State => _page!.Dataset.State;

    private DatasetDetails Details => State.Details;

    private IReadOnlyList<DerivedDataset> Derived => _page!.Downstream.Derived;

    private string Radius => DatasetWords.Count(Derived.Select(d => d.Dataset.Kind));

    private string LineageSentence =>
        $"{State.Name} is derived from {DatasetWords.Plural(_page!.DerivedFrom.Count, "dataset")}; derived into: {Radius}";

    private string RegionText =>
        Details.Regions.Count == 0 ? DatasetWords.Unknown : string.Join(", ", Details.Regions.Select(Regions.Label));

    private string RetentionText => Details.RetentionDays is { } days ? DatasetWords.Plural(days, "day") : DatasetWords.Unknown;

    private ChangeNote LastChange => _page!.Dataset.LastChange;

    private string DerivedPrograms => string.Join(", ", _page!.Downstream.Programs.Select(p => p.Code).Distinct());

    private Relation Relation => _page!.Dataset.Relation(Actor);

    protected override object? ParametersKey => Name;

    // Lineage includes other datasets: a change of any dataset may affect this page.
    protected override IReadOnlyCollection<string> Topics => ["datasets"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.FindAsync(Name, Actor, ct);
        (_page, _view) = found.IsOk ? (found.Value, LineageView.Of(found.Value)) : (null, null);
    }
}
