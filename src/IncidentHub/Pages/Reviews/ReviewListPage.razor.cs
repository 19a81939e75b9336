using IncidentHub.Response.Reviews;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Reviews;

/// <summary>The reviews of closed incidents that the viewer may see.</summary>
public partial class ReviewListPage : LiveComponent
{
    private const int PageSize = 50;

    private IReadOnlyList<ReviewLine> _reviews = [];
    private string? _next;
    private Refusal? _refusal;

    [Inject] private ReviewQueries Queries { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    private ReviewFilter Filter => Codes.TryRead<ReviewFilter>(Show, out var filter) ? filter : ReviewFilter.Due;

    protected override object? ParametersKey => (Show, After);

    protected override IReadOnlyCollection<string> Topics => [ReviewCommands.Topic];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Filter, After, PageSize, Actor, ct);
        _refusal = page.Refusal;
        (_reviews, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    // A change of the filter returns to the first page.
    private string With(string? show) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["show"] = show, ["after"] = null });
}
