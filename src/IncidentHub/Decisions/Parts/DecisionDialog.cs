using IncidentHub.Domain.Decisions;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Decisions.Parts;

/// <summary>A dialog of the decision page: what was typed is kept until it is accepted.</summary>
public abstract class DecisionDialog : DecisionPart
{
    private bool _wasOpen;
    private ViewedPart? _seen;

    [Inject] private DecisionCommands Commands { get; set; } = null!;

    [Inject] private DecisionQueries Queries { get; set; } = null!;

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>Called with a description of what was done.</summary>
    [Parameter] public EventCallback<string> OnDone { get; set; }

    private protected Refusal? Refusal { get; set; }

    /// <summary>The part of the decision that the dialog edits: only a change of it makes the write stale.</summary>
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

    /// <summary>After a stale write the page shows the change; what was typed is kept and can be sent for the new version.</summary>
    private protected virtual void ShowLatest()
    {
        _seen!.See(View);
        Refusal = null;
    }

    private protected static object? RecommendationOf(DecisionView view) =>
        view.Recommendation is { } r ? (r.Outcome, r.Rationale, r.ProposedBy, r.ProposedAt) : null;
}
