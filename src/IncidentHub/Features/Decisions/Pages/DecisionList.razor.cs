using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Decisions.Pages;

public partial class DecisionList : LiveComponent
{
    private readonly List<DecisionLine> _lines = [];
    private string? _next;
    private Refusal? _refusal;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    private DecisionQueries Queries => Services.GetRequiredService<DecisionQueries>();

    // Who never approves starts with what is open.
    private IReadOnlyList<TabItem> Shelves => Actor.Has(Roles.Privacy) || Actor.Has(Roles.Executive) || Actor.Has(Roles.ProgramOwner)
        ? [new("awaiting", "Awaiting you"), new("open", "Open"), new("closed", "Decided")]
        : [new("open", "Open"), new("closed", "Decided")];

    private string Key => Shelves.Any(s => s.Key == Tab) ? Tab! : Shelves[0].Key;

    protected override object? ParametersKey => Key;

    protected override IReadOnlyCollection<string> Topics => ["decisions"];

    private (string Title, string What) Empty => Key switch
    {
        "open" => ("No program is paused", "A decision opens by itself when a pause comes in force."),
        "closed" => ("Nothing was decided yet", "Decided ones stay here for good, as they were decided."),
        _ => ("Nothing awaits your approval", "Recommendations that you may approve show here."),
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        // As many as were shown, so that a change elsewhere does not fold the list up.
        var page = await Queries.ListAsync(Shelf, null, null, Math.Clamp(_lines.Count, 50, 250), Actor, ct);
        _refusal = page.Refusal;
        _lines.Clear();
        if (!page.IsOk) return;
        _lines.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private DecisionShelf Shelf => Key switch { "open" => DecisionShelf.Open, "closed" => DecisionShelf.Closed, _ => DecisionShelf.AwaitingMe };

    private async Task MoreAsync()
    {
        var page = await Queries.ListAsync(Shelf, null, _next, null, Actor, Gone);
        if (!page.IsOk) return;
        _lines.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }
}
