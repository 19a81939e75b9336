using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Decisions;

public static class Requirements
{
    /// <summary>Staying paused asks the same people as resuming: it is their question that stays open.</summary>
    public static IReadOnlyList<Approver> For(this Requirement requirement, DecisionOutcome outcome) =>
        outcome == DecisionOutcome.Terminate ? requirement.ToTerminate : requirement.ToResume;
}
