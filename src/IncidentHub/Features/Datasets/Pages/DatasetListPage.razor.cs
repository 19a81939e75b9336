using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Http;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Datasets.Pages;

public partial class DatasetListPage : LiveComponent
{
    private static readonly (string Key, string Text)[] _shows = [("exposed", "Wider than promised"), ("unencrypted", "Not encrypted"), ("models", "Models"), ("restricted", "Restricted")];
    private IReadOnlyList<DatasetListItem> _items = [];
    private string? _next, _typed;
    private int _pages = 1;

    [Inject] private DatasetQueries Queries { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? Program { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }

    protected override object? ParametersKey => (Show, Program, Q);

    protected override IReadOnlyCollection<string> Topics => ["datasets"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _typed = Q;
        var filter = new DatasetFilter
        {
            Text = Q, Program = Program, OverExposed = Show == "exposed", Encryption = Show == "unencrypted" ? EncryptionAtRest.No : null,
            Kind = Show == "models" ? DatasetKind.Model : null, Classification = Show == "restricted" ? Classification.Restricted : null,
        };
        var page = await Queries.ListAsync(filter, null, Math.Min(_pages * 50, Cursor.MaxLimit), Actor, ct);
        (_items, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    private async Task MoreAsync()
    {
        _pages++;
        await ReloadAsync();
    }

    private string Address(string name, string? value) => Navigation.GetUriWithQueryParameter(name, value);

    private void Find() => Navigation.NavigateTo(Address("q", string.IsNullOrWhiteSpace(_typed) ? null : _typed.Trim()));

    private static string Categories(DatasetListItem d) => Programs.Pages.ProgramWords.List(d.Categories);
}
