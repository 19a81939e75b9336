using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Decisions;

/// <summary>A program is paused: its decision is open.</summary>
public sealed record DecisionOpened(Guid DecisionId) : DomainEvent;

public sealed record PauseCovered(Guid PauseId) : DomainEvent;

public sealed record IncidentMoved(Guid From, Guid Into) : DomainEvent;

/// <summary>People were named as required approvers: they see the decision from now on.</summary>
public sealed record ApproversNamed(IReadOnlyList<NamedApprover> People) : DomainEvent;

/// <summary>The decision is for the readers of this restricted incident from now on.</summary>
public sealed record AudienceNarrowed(Guid IncidentId) : DomainEvent;

/// <summary>The pauses of this restricted incident have a decision of their own from now on.</summary>
public sealed record PausesHandedOver(Guid IncidentId, string Reason) : DomainEvent;

/// <summary>The worst SEV became more severe, or further approvals are required.</summary>
public sealed record RequirementRaised(Sev? WorstSev, Requirement Requirement) : DomainEvent;

public sealed record CriteriaAdded(IReadOnlyList<CriterionKind> Kinds) : DomainEvent;

public sealed record CriterionMet(CriterionKind Kind, string Evidence) : DomainEvent;

public sealed record CriterionWaived(CriterionKind Kind, string Reason) : DomainEvent;

public sealed record CriterionReopened(CriterionKind Kind, string Reason) : DomainEvent;

/// <param name="About">Incidents of which the reason speaks by reference.</param>
public sealed record AllCriteriaReopened(string Reason, IReadOnlyList<Guid> About) : DomainEvent;

public sealed record TemplateChanged(CriteriaTemplate Template, string Reason) : DomainEvent;

public sealed record RecommendationProposed(Recommendation Recommendation) : DomainEvent;

/// <summary>The recommendation was withdrawn, with its approvals.</summary>
public sealed record RecommendationSentBack(string Reason) : DomainEvent;

/// <summary>The approved content has changed: approvals must be given again.</summary>
public sealed record ApprovalsVoided(IReadOnlyList<Approval> Approvals, string Reason) : DomainEvent;

public sealed record RecommendationApproved(Approval Approval) : DomainEvent;

public sealed record RecommendationRejected(string Reason) : DomainEvent;

public sealed record OpinionRequested(OpinionRequest Request) : DomainEvent;

public sealed record OpinionRequestWithdrawn(OpinionRequest Request) : DomainEvent;

/// <summary>It changes nothing of what is approved.</summary>
public sealed record OpinionGiven(Opinion Opinion) : DomainEvent;

/// <summary>The last approval was given: the outcome takes effect in this transaction.</summary>
public sealed record DecisionTaken(DecisionOutcome Outcome, string Digest) : DomainEvent;

/// <summary>The date of a "stay paused until" has passed: a new decision is due. Nothing is lifted automatically.</summary>
public sealed record DecisionDueAgain(DateTimeOffset DueAt) : DomainEvent;
