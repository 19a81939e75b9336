using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Decisions;

/// <summary>What can be asked of an open decision.</summary>
public abstract record DecisionCommand;

/// <summary>A further pause of the program came in force.</summary>
/// <param name="Sev">Its incident's; null without an incident.</param>
public sealed record CoverPause(CoveredPause Pause, Sev? Sev, Requirement Requirement) : DecisionCommand;

/// <summary>The SEV of an incident behind it changed.</summary>
public sealed record ChangeSev(Sev Sev, Requirement Requirement) : DecisionCommand;

/// <summary>An incident behind it was reopened: what was checked must be checked again.</summary>
public sealed record ReopenCriteria(string Reason) : DecisionCommand
{
    /// <summary>Incidents of which the reason speaks by reference: it is for those who may see them.</summary>
    public IReadOnlyList<Guid> About { get; init; } = [];
}

/// <summary>An incident was merged: its pauses stand by the survivor now.</summary>
public sealed record MoveIncident(Guid From, Guid Into) : DecisionCommand;

/// <summary>A criterion holds.</summary>
/// <param name="ClosedBy">Who closed the exposure, as the incidents record it; asked for <see cref="CriterionKind.ExposureClosed"/>
/// only.</param>
/// <param name="StillBroken">Names of safeguards that are not verified as holding; asked for <see cref="CriterionKind.SafeguardsVerified"/>
/// only.</param>
/// <param name="Undecided">How many held batches nobody has decided about; asked for <see cref="CriterionKind.LateDataDealtWith"/>
/// only.</param>
public sealed record MeetCriterion(
    CriterionKind Kind, string Evidence, IReadOnlyCollection<Guid> ClosedBy, IReadOnlyCollection<string> StillBroken, long Undecided = 0)
        : DecisionCommand;

/// <summary>A criterion is left out, for a reason that the approvers see.</summary>
public sealed record WaiveCriterion(CriterionKind Kind, string Reason, IReadOnlyCollection<Guid> ClosedBy) : DecisionCommand;

/// <summary>A met or waived criterion does not hold after all.</summary>
public sealed record ReopenCriterion(CriterionKind Kind, string Reason) : DecisionCommand;

/// <summary>The pause was placed in error: the short checklist applies.</summary>
public sealed record ClaimPlacedInError(string Reason) : DecisionCommand;

/// <summary>It was no error after all: the full checklist applies again.</summary>
public sealed record DropErrorClaim(string Reason) : DecisionCommand;

/// <summary>Recommends an outcome. Replaces one that is proposed, whose approvals are void then.</summary>
/// <param name="OwnerIds">The program's owner and deputies: a sole owner cannot propose, nobody could approve as owner.</param>
public sealed record ProposeRecommendation(
    DecisionOutcome Outcome, string Rationale, DateTimeOffset? Until, IReadOnlyList<Condition> Conditions,
    IReadOnlyCollection<Guid> OwnerIds) : DecisionCommand
{
    /// <summary>For a resume in stages.</summary>
    public IReadOnlyList<ResumeStage> Stages { get; init; } = [];
}

/// <summary>The proposer takes the recommendation back.</summary>
public sealed record WithdrawRecommendation(string Reason) : DecisionCommand;

/// <summary>Approves what is recommended.</summary>
/// <param name="As">In which capacity; null where the actor has just one that is still missing.</param>
/// <param name="Digest">The digest that the approver saw; null: whatever stands now.</param>
public sealed record ApproveRecommendation(Approver? As, string? Digest, string? Comment) : DecisionCommand;

/// <summary>Sends the recommendation back. One is enough.</summary>
public sealed record RejectRecommendation(string Reason) : DecisionCommand;
