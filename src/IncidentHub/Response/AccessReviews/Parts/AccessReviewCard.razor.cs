using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.AccessReviews.Parts;

/// <summary>The access reviews of an incident, on its page.</summary>
public partial class AccessReviewCard : LiveComponent
{
    private const int Most = 50;

    private IReadOnlyList<ReviewView> _reviews = [];
    private bool _mayLoad;

    [Inject] private ReviewQueries Queries { get; set; } = null!;

    [Parameter, EditorRequired] public string Incident { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    /// <summary>Whether there is an exposure whose log could be loaded.</summary>
    [Parameter] public bool HasExposure { get; set; }

    protected override object? ParametersKey => (Incident, HasExposure);

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}", .. _reviews.Select(r => $"access-review:{r.Id}")];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Incident, null, Most, Actor, ct);
        _reviews = page.IsOk ? page.Value.Items : [];
        _mayLoad = HasExposure && AccessTable.Allows(Actor, Act.LoadAccessReview);
    }
}
