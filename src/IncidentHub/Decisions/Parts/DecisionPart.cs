using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Decisions.Parts;

/// <summary>A part of the decision page: the page loads, its parts show.</summary>
public abstract class DecisionPart : ComponentBase
{
    [CascadingParameter] private DecisionDetail? Loaded { get; set; }

    [CascadingParameter] public Actor Actor { get; set; } = null!;

    private protected DecisionDetail Detail => Loaded ?? throw new InvalidOperationException("Not inside a decision page.");

    private protected DecisionView View => Detail.View;

    private protected bool Decided => View.Status == DecisionStatus.Decided;

    private protected int OpenCount => View.Criteria.Count(c => c.Status == CriterionStatus.Open);
}
