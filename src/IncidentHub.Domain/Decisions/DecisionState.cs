using IncidentHub.Domain.Severity;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Domain.Decisions;

/// <summary>Status of a decision. A decided one is never edited.</summary>
public enum DecisionStatus
{
    /// <summary>Criteria are being answered; there is no recommendation.</summary>
    Preparing,

    /// <summary>A recommendation is awaiting approvals.</summary>
    Proposed,

    Decided,
}

/// <summary>Outcomes of a decision.</summary>
public enum DecisionOutcome { Resume, ResumeWithConditions, StayPausedUntil, Terminate }

/// <summary>Which checklist applies.</summary>
public enum CriteriaTemplate
{
    /// <summary>By SEV.</summary>
    Standard,

    /// <summary>The pause was a mistake: a short checklist, the same approvals.</summary>
    PlacedInError,
}

/// <summary>A pause that the decision is about. <paramref name="IncidentId"/> is null for one without an incident.</summary>
public sealed record CoveredPause(Guid PauseId, Guid? IncidentId, DateTimeOffset ActivatedAt);

/// <summary>What must be done after the resume, by whom and by when; becomes a task when the decision is made.</summary>
public sealed record Condition(string What, Guid OwnerId, string OwnerName, DateTimeOffset DueAt);

/// <summary>A recommended outcome.</summary>
/// <param name="Until">Only with <see cref="DecisionOutcome.StayPausedUntil"/>: when a new decision is due.</param>
/// <param name="Conditions">Only with <see cref="DecisionOutcome.ResumeWithConditions"/>.</param>
public sealed record Recommendation(
    DecisionOutcome Outcome, string Rationale, DateTimeOffset? Until, IReadOnlyList<Condition> Conditions,
    Guid ProposerId, string ProposerName, DateTimeOffset ProposedAt)
{
    /// <summary>Only for a resume; empty where all collectors resume at once.</summary>
    public IReadOnlyList<ResumeStage> Stages { get; init; } = [];
}

/// <summary>The approval of one person, bound to the approved digest.</summary>
public sealed record Approval(Approver As, Guid ActorId, string ActorName, DateTimeOffset At, string Digest, string? Comment);

/// <summary>A person who may have to approve, named on a decision whose incident they may not see.</summary>
public sealed record NamedApprover(Approver As, Guid PersonId, string PersonName);

/// <summary>The decision about one paused program. At most one per program and audience is not decided.</summary>
public sealed record DecisionState
{
    public required Guid Id { get; init; }

    public required Guid ProgramId { get; init; }

    /// <summary>
    /// The restricted incident whose pauses it covers: only those who may see the incident, and the named approvers, see the decision.
    /// Null where no incident of it was restricted when it was opened.
    /// </summary>
    public Guid? Audience { get; init; }

    /// <summary>Where there is an audience: the required approvers, who see all of the decision, but not the incident.</summary>
    public IReadOnlyList<NamedApprover> Named { get; init; } = [];

    public DecisionStatus Status { get; init; }

    public CriteriaTemplate Template { get; init; }

    /// <summary>The claim of <see cref="CriteriaTemplate.PlacedInError"/>.</summary>
    public string? ErrorClaim { get; init; }

    /// <summary>The worst SEV since the pause; null while no pause has an incident. A downgrade does not lower it.</summary>
    public Sev? WorstSev { get; init; }

    public required IReadOnlyList<CoveredPause> Pauses { get; init; }

    public required Requirement Requirement { get; init; }

    public required IReadOnlyList<Criterion> Criteria { get; init; }

    public Recommendation? Recommendation { get; init; }

    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>In the order in which they were recorded; none is ever changed. No part of what approvers bind to.</summary>
    public IReadOnlyList<Opinion> Opinions { get; init; } = [];

    public IReadOnlyList<OpinionRequest> OpinionRequests { get; init; } = [];

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Set on the successor of a "stay paused until": when it is due.</summary>
    public DateTimeOffset? DueAgainAt { get; init; }

    /// <summary>The "stay paused until" decision that this one succeeds.</summary>
    public Guid? PredecessorId { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>
    /// Random, part of the digest: without it no text can be guessed from the digest. Removed with a text that was redacted; null on
    /// decisions of before.
    /// </summary>
    public string? DigestSalt { get; init; }

    public int Version { get; init; }

    /// <summary>The number of the next opinion or request.</summary>
    public int NextOpinion => Opinions.Count + OpinionRequests.Count + 1;

    /// <summary>The capacities still required; empty where nothing is proposed.</summary>
    public IReadOnlyList<Approver> Missing => Recommendation is null || Status != DecisionStatus.Proposed
        ? []
        : [.. Requirement.For(Recommendation.Outcome).Except(Approvals.Select(a => a.As))];
}
