using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>What can be asked of the related incidents.</summary>
public enum RelatedAsk { Nothing, Link, Unlink, Series, Leave }

/// <summary>The card of related incidents. It loads independently of the page.</summary>
public partial class IncidentRelated : LiveComponent
{
    private RelatedView? _related;
    private RelatedAsk _ask;
    private string? _other;

    [Inject] private RelatedQueries Queries { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private IncidentPageModel? Model { get; set; }

    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}"];

    private bool MayChange => Model?.MayChange(Actor) == true;

    private IEnumerable<IncidentLinkView> Links => _related!.Links.Where(l => l.RemovedAt is null);

    // Those that stand above already are not repeated.
    private List<SeenBeforeView> SeenBefore =>
        [.. _related!.SeenBefore.Where(s => !Links.Any(l => l.Incident.Code == s.Incident.Code)
            && _related.Series?.Members.Any(m => m.Code == s.Incident.Code) != true).Take(SeenBeforeList.Most)];

    private IEnumerable<IncidentLinkView> Removed => _related!.Links.Where(l => l.RemovedAt is not null);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.OfAsync(Code, Actor, ct);
        _related = found.IsOk ? found.Value : null;
    }

    private void Ask(RelatedAsk ask) => (_ask, _other) = (ask, null);

    private void AskRemoval(string other) => (_ask, _other) = (RelatedAsk.Unlink, other);

    private async Task ClosedAsync(string? done)
    {
        _ask = RelatedAsk.Nothing;
        if (done is null) return;
        Toasts.Done(done);
        await ReloadAsync();
    }
}
