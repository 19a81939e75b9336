using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Decisions;

namespace IncidentHub.Pages.Decisions;

public partial class DecisionList : LiveComponent
{
    private IReadOnlyList<DecisionLine> _lines = [];
    private string? _next;
    private Refusal? _refusal;

    [Inject] private DecisionQueries Queries { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [SupplyParameterFromQuery] public string? After { get; set; }

    // The default for people who never approve is the open decisions.
    private IReadOnlyList<TabItem> Shelves => Actor.Roles.IsIndependent()
        || Actor.Has(Roles.Privacy) || Actor.Has(Roles.Executive) || Actor.Has(Roles.ProgramOwner)
        ? [new("awaiting", "Awaiting you"), new("open", "Open"), new("closed", "Decided")]
        : [new("open", "Open"), new("closed", "Decided")];

    private string Key => Shelves.Any(s => s.Key == Tab) ? Tab! : Shelves[0].Key;

    protected override object? ParametersKey => (Key, After);

    protected override IReadOnlyCollection<string> Topics => ["decisions"];

    private (string Title, string What) Empty => Key switch
    {
        "open" => ("No open decisions", "A decision opens when a pause becomes active."),
        "closed" => ("No decisions yet", "A decision appears here once it is made. It stays permanently, as it was made."),
        _ when Actor.Roles.IsIndependent() =>
            ("Nothing awaits your opinion", "Decisions on which your opinion is requested appear here."),
        _ => ("Nothing awaits your approval", "Recommendations that you may approve appear here."),
    };

    private DecisionFilter Shelf => Key switch
    {
        "open" => DecisionFilter.Open,
        "closed" => DecisionFilter.Closed,
        _ => DecisionFilter.AwaitingMe,
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Shelf, null, After, null, Actor, ct);
        _refusal = page.Refusal;
        (_lines, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }
}
