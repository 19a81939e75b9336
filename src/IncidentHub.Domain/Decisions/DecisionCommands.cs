using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Decisions;

/// <summary>Commands of an open decision.</summary>
public abstract record DecisionCommand;

/// <summary>A further pause of the program became active.</summary>
/// <param name="Sev">Its incident's; null without an incident.</param>
public sealed record CoverPause(CoveredPause Pause, Sev? Sev, Requirement Requirement) : DecisionCommand;

/// <summary>The SEV of an incident of the decision changed.</summary>
public sealed record ChangeSev(Sev Sev, Requirement Requirement) : DecisionCommand;

/// <summary>An incident of the decision was reopened: criteria must be answered again.</summary>
public sealed record ReopenCriteria(string Reason) : DecisionCommand
{
    /// <summary>Incidents of which the reason speaks by reference: it is for those who may see them.</summary>
    public IReadOnlyList<Guid> About { get; init; } = [];
}

/// <summary>An incident was merged: its pauses belong to the surviving incident now.</summary>
public sealed record MoveIncident(Guid From, Guid Into) : DecisionCommand;

/// <summary>A text that approvals rest on was redacted: they bind to what it was.</summary>
public sealed record VoidApprovals(string Reason) : DecisionCommand;

/// <summary>Names required approvers on a decision with an audience. Those named already stay.</summary>
public sealed record NameApprovers(IReadOnlyList<NamedApprover> People) : DecisionCommand;

/// <summary>The incident of all pauses was restricted: the decision is for its readers and these approvers from now on.</summary>
public sealed record NarrowAudience(Guid IncidentId, IReadOnlyList<NamedApprover> People) : DecisionCommand;

/// <summary>
/// One of several incidents was restricted: its pauses have a decision of their own from now on, and the criteria must be answered again.
/// </summary>
/// <param name="Reason">Names the incident by reference.</param>
public sealed record HandOverPauses(Guid IncidentId, string Reason) : DecisionCommand;

/// <summary>A criterion is met.</summary>
/// <param name="ClosedBy">Who closed the exposure, as the incidents record it; required for <see cref="CriterionKind.ExposureClosed"/>
/// only.</param>
/// <param name="StillBroken">Names of safeguards that are not verified; required for <see cref="CriterionKind.SafeguardsVerified"/>
/// only.</param>
/// <param name="Undecided">How many quarantined batches have no disposition; required for
/// <see cref="CriterionKind.QuarantinedDataDisposed"/>
/// only.</param>
/// <param name="UnmetObligations">How many obligations of the incidents are neither met nor decided against; required for
/// <see cref="CriterionKind.ClocksAnswered"/> only.</param>
public sealed record MeetCriterion(
    CriterionKind Kind, string Evidence, IReadOnlyCollection<Guid> ClosedBy, IReadOnlyCollection<string> StillBroken, long Undecided = 0,
    int UnmetObligations = 0) : DecisionCommand;

/// <summary>A criterion is waived, with a reason that the approvers see.</summary>
public sealed record WaiveCriterion(CriterionKind Kind, string Reason, IReadOnlyCollection<Guid> ClosedBy) : DecisionCommand;

/// <summary>A met or waived criterion is opened again.</summary>
public sealed record ReopenCriterion(CriterionKind Kind, string Reason) : DecisionCommand;

/// <summary>The pause was placed in error: the short checklist applies.</summary>
public sealed record ClaimPlacedInError(string Reason) : DecisionCommand;

/// <summary>The claim of an error is withdrawn: the full checklist applies again.</summary>
public sealed record WithdrawErrorClaim(string Reason) : DecisionCommand;

/// <summary>Recommends an outcome. Replaces a proposed one, whose approvals become void.</summary>
/// <param name="OwnerIds">The program's owner and deputies: a sole owner cannot propose, nobody could approve as owner.</param>
public sealed record ProposeRecommendation(
    DecisionOutcome Outcome, string Rationale, DateTimeOffset? Until, IReadOnlyList<Condition> Conditions,
    IReadOnlyCollection<Guid> OwnerIds) : DecisionCommand
{
    /// <summary>For a staged resume.</summary>
    public IReadOnlyList<ResumeStage> Stages { get; init; } = [];
}

/// <summary>The proposer withdraws the recommendation.</summary>
public sealed record WithdrawRecommendation(string Reason) : DecisionCommand;

/// <summary>Approves the recommendation.</summary>
/// <param name="As">In which capacity; null where the actor has exactly one that is still required.</param>
/// <param name="Digest">The digest that the approver saw; null: the current one.</param>
public sealed record ApproveRecommendation(Approver? As, string? Digest, string? Comment) : DecisionCommand;

/// <summary>Asks the data protection officer or the works council for an opinion. A later request for the same role replaces it.</summary>
/// <param name="Wanted">The people who are asked by name; empty: everybody with the role.</param>
/// <param name="Holders">Everybody who has the role now.</param>
public sealed record RequestOpinion(
    OpinionRole? Role, DateTimeOffset? DueAt, IReadOnlyList<Guid> Wanted, IReadOnlyList<AskedPerson> Holders) : DecisionCommand;

/// <summary>Withdraws a request that nobody has answered.</summary>
/// <param name="Number">Of the request.</param>
public sealed record WithdrawOpinionRequest(int Number) : DecisionCommand;

/// <summary>Records an opinion, by those who give it or by privacy for them.</summary>
/// <param name="Document">Its file is in the store under <paramref name="Id"/> already.</param>
public sealed record RecordOpinion(
    Guid Id, OpinionRole? Role, OpinionPosition? Position, string? Text, DateTimeOffset? GivenAt, OpinionDocument? Document)
    : DecisionCommand;

/// <summary>Sends the recommendation back. One rejection is enough.</summary>
public sealed record RejectRecommendation(string Reason) : DecisionCommand;
