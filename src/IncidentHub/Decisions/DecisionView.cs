using System.Text.Json.Serialization;
using IncidentHub.Decisions.Opinions;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Decisions;

/// <summary>A row of the list of decisions.</summary>
/// <param name="Incident">Null if there is none or the viewer may not see it.</param>
/// <param name="Answered">Criteria met or waived, of <paramref name="Criteria"/>.</param>
/// <param name="Approved">Approvals given, of <paramref name="Approvals"/>.</param>
/// <param name="Opinions">Roles that have given an opinion. Opinions are no approvals.</param>
/// <param name="Objections">Those whose last opinion is an objection.</param>
/// <param name="OpinionsAwaited">Roles whose opinion was requested and is not given yet; 0 once the decision is made.</param>
internal sealed record DecisionLine(
    string Code, string Program, string ProgramName, DecisionStatus Status, CriteriaTemplate Template, Sev? WorstSev, string? Incident,
        DecisionOutcome? Outcome,
    DateTimeOffset PausedAt, DateTimeOffset OpenedAt, DateTimeOffset? DueAgainAt, string? ProposedBy, DateTimeOffset? ProposedAt,
        DateTimeOffset? DecidedAt,
    DateTimeOffset? StayUntil, int Answered, int Criteria, int Approved, int Approvals,
        int Opinions, int Objections, int OpinionsAwaited)
{
    /// <summary>One of its incidents that is restricted.</summary>
    [JsonIgnore]
    public Guid? RestrictedId { get; init; }
}

/// <summary>A decision as the API shows it.</summary>
/// <param name="Digest">What approvals bind to; an approval sent with it is refused if the decision has changed since it was read.</param>
/// <param name="Missing">Required capacities without an approval yet.</param>
/// <param name="Opinions">The newest first. They are no approvals, and no part of the digest.</param>
/// <param name="OpinionRequests">The requests that no opinion has followed; empty once the decision is made.</param>
/// <param name="Follows">The «stay paused until» decision that it follows.</param>
internal sealed record DecisionView(
    string Code, string Program, string ProgramName, DecisionStatus Status, CriteriaTemplate Template, string? ErrorClaim, Sev? WorstSev,
    IReadOnlyList<PauseView> Pauses, IReadOnlyList<Approver> ToResume, IReadOnlyList<Approver> ToTerminate,
    IReadOnlyList<CriterionView> Criteria,
    RecommendationView? Recommendation, IReadOnlyList<ApprovalView> Approvals, IReadOnlyList<Approver> Missing, string Digest,
    IReadOnlyList<OpinionView> Opinions, IReadOnlyList<OpinionRequestView> OpinionRequests,
    DateTimeOffset OpenedAt, DateTimeOffset? DueAgainAt, string? Follows, DateTimeOffset? DecidedAt, int Version,
        IReadOnlyList<LogView> Log);

/// <param name="Incident">Null if there is none or the viewer may not see it.</param>
internal sealed record PauseView(DateTimeOffset ActivatedAt, string? Incident, string? IncidentTitle);

internal sealed record CriterionView(CriterionKind Kind, string Title, string Asks, CriterionStatus Status, string? Text, string? By,
    DateTimeOffset? At);

internal sealed record RecommendationView(
    DecisionOutcome Outcome, string Rationale, DateTimeOffset? Until,
        IReadOnlyList<ConditionView> Conditions, IReadOnlyList<StageView> Stages, string ProposedBy, DateTimeOffset ProposedAt);

internal sealed record StageView(int Share, long SoakSeconds);

internal sealed record ConditionView(string What, string Owner, DateTimeOffset DueAt);

internal sealed record ApprovalView(Approver As, string By, DateTimeOffset At, string? Comment, string Digest);

internal sealed record LogView(DateTimeOffset At, string By, string Kind, string Title, string? Body);
