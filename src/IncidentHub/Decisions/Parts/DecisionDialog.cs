using IncidentHub.Domain.Decisions;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Decisions.Parts;

/// <summary>A dialog of the decision page: what was typed stays until it was taken.</summary>
public abstract class DecisionDialog : DecisionPart
{
    private bool _wasOpen;
    private ViewedPart? _seen;

    [Inject] private DecisionCommands Commands { get; set; } = null!;

    [Inject] private DecisionQueries Queries { get; set; } = null!;

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>Told what was done.</summary>
    [Parameter] public EventCallback<string> OnDone { get; set; }

    private protected Refusal? Refusal { get; set; }

    /// <summary>What the person writes about: only a change of it makes what they send stale.</summary>
    private protected abstract object? PartOf(DecisionView view);

    /// <summary>Fills the fields when the dialog opens.</summary>
    protected abstract void Begin();

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            Refusal = null;
            Begin();
            _seen = new ViewedPart(View, PartOf);
        }
        _wasOpen = Open;
    }

    private protected async Task SendAsync(DecisionCommand command, string said)
    {
        Refusal = await _seen!.SendAsync(Commands, Queries, command, Actor);
        if (Refusal is null) await OnDone.InvokeAsync(said);
    }

    /// <summary>After a stale write the page has the change; what was typed stays and may be sent on it.</summary>
    private protected virtual void ShowLatest()
    {
        _seen!.See(View);
        Refusal = null;
    }

    private protected static object? RecommendationOf(DecisionView view) =>
        view.Recommendation is { } r ? (r.Outcome, r.Rationale, r.ProposedBy, r.ProposedAt) : null;
}
