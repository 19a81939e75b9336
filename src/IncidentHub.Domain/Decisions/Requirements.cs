using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Decisions;

public static class Requirements
{
    /// <summary>Staying paused requires the same approvals as resuming: it settles the same question.</summary>
    public static IReadOnlyList<Approver> For(this Requirement requirement, DecisionOutcome outcome) =>
        outcome == DecisionOutcome.Terminate ? requirement.ToTerminate : requirement.ToResume;
}
