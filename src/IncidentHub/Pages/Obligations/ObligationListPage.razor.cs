using IncidentHub.Response.Obligations;
using IncidentHub.Response.Obligations.Parts;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Obligations;

/// <summary>All obligations that the viewer may see.</summary>
public partial class ObligationListPage : ObligationWork
{
    private const int PageSize = 50;

    private IReadOnlyList<ObligationView> _obligations = [];
    private string? _next;
    private Refusal? _refusal;
    private bool _feed;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Late { get; set; }
    [SupplyParameterFromQuery] public string? All { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    private bool IsLate => QueryText.IsTrue(Late);

    private bool IsAll => QueryText.IsTrue(All);

    protected override object? ParametersKey => (Late, All, After);

    protected override IReadOnlyCollection<string> Topics => ["obligations"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(new() { Open = !IsAll, Late = IsLate }, After, PageSize, Actor, ct);
        _refusal = page.Refusal;
        (_obligations, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    // A change of the filter returns to the first page.
    private string With(bool late = false, bool all = false) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["late"] = late ? true : null, ["all"] = all ? true : null, ["after"] = null });
}
