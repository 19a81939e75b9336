using IncidentHub.Domain.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Catalog.Datasets;

namespace IncidentHub.Pages.Datasets;

/// <summary>The list; its filters are in the URL, so that a view can be bookmarked and shared.</summary>
public partial class DatasetListPage : LiveComponent
{
    private static readonly (string Key, string Text)[] Shows =
        [("exposed", "Wider than promised"), ("unencrypted", "Not encrypted"), ("models", "Models"), ("restricted", "Restricted")];

    private IReadOnlyList<DatasetListItem> _items = [];
    private string? _next;
    private Refusal? _refusal;

    [Inject] private DatasetQueries Queries { get; set; } = null!;
    [Inject] private ProgramReader Programs { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? Program { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    protected override object? ParametersKey => (Show, Program, Q, After);

    protected override IReadOnlyCollection<string> Topics => ["datasets"];

    private bool Narrowed => Show is not null || Program is not null || Q is not null;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Filter(), After, null, Actor, ct);
        _refusal = page.Refusal;
        (_items, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    private DatasetFilter Filter() => new()
    {
        Text = Q,
        Program = Program,
        OverExposed = Show == "exposed",
        Encryption = Show == "unencrypted" ? EncryptionAtRest.No : null,
        Kind = Show == "models" ? DatasetKind.Model : null,
        Classification = Show == "restricted" ? Classification.Restricted : null,
    };

    private async Task<IEnumerable<Choice<string>>> FindProgramsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => Programs.SearchByPrefixAsync(sql, text, 25), ct))
        .Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"));

    // A change of the filter returns to the first page.
    private string With(string name, string? value) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value, ["after"] = null });

    private void Go(string name, string? value) => Navigation.NavigateTo(With(name, value));
}
