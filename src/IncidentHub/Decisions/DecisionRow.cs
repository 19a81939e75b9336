using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

internal sealed record DecisionRow
{
    public required Guid Id { get; init; }
    public int Number { get; init; }
    public required string Code { get; init; }
    public required Guid ProgramId { get; init; }
    public required Guid? AudienceId { get; init; }
    public required string ProgramCode { get; init; }
    public required string Status { get; init; }
    public required string Template { get; init; }
    public required string? ErrorClaim { get; init; }
    public required int? WorstSev { get; init; }
    public required string ToResume { get; init; }
    public required string ToTerminate { get; init; }
    public required string? Outcome { get; init; }
    public required string? Rationale { get; init; }
    public required DateTimeOffset? StayUntil { get; init; }
    public required Guid? ProposerId { get; init; }
    public required string? ProposerName { get; init; }
    public required DateTimeOffset? ProposedAt { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset? DueAgainAt { get; init; }
    public required Guid? PredecessorId { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required string? Digest { get; init; }
    public required string? DigestSalt { get; init; }

    /// <summary>
    /// Derived from program and audience while open, the decision's own id afterwards: unique, so that a program has one open decision for
    /// an audience.
    /// </summary>
    public Guid OpenKey { get; init; }
    public required int Version { get; init; }
    public int OldVersion { get; init; }

    /// <summary>Whether there are opinions or requests for them; if loaded.</summary>
    public bool HasOpinions { get; init; }

    /// <summary>The last entry of its log, if loaded.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
    public string? ChangedBy { get; init; }
    public string? ChangedWhat { get; init; }

    public static DecisionRow Of(Decision decision, int number)
    {
        var s = decision.State;
        var r = s.Recommendation;
        return new DecisionRow
        {
            Id = s.Id,
            Number = number,
            Code = decision.Code,
            ProgramId = s.ProgramId,
            AudienceId = s.Audience,
            ProgramCode = decision.ProgramCode,
            Status = s.Status.ToString(),
            Template = s.Template.ToString(),
            ErrorClaim = s.ErrorClaim,
            WorstSev = (int?)s.WorstSev,
            ToResume = Join(s.Requirement.ToResume),
            ToTerminate = Join(s.Requirement.ToTerminate),
            Outcome = r?.Outcome.ToString(),
            Rationale = r?.Rationale,
            StayUntil = r?.Until,
            ProposerId = r?.ProposerId,
            ProposerName = r?.ProposerName,
            ProposedAt = r?.ProposedAt,
            OpenedAt = s.OpenedAt,
            DueAgainAt = s.DueAgainAt,
            PredecessorId = s.PredecessorId,
            DecidedAt = s.DecidedAt,
            Digest = r is null ? null : DecisionDigest.Of(s),
            DigestSalt = s.DigestSalt,
            OpenKey = s.Status == DecisionStatus.Decided
                ? s.Id : OpenKeyOf(s.ProgramId, s.Audience),
            Version = s.Version,
        };
    }

    public Decision ToDecision(
        IReadOnlyList<PauseRow> pauses, IReadOnlyList<CriterionRow> criteria, IReadOnlyList<ConditionRow> conditions,
        IReadOnlyList<StageRow> stages,
        IReadOnlyList<ApprovalRow> approvals, IReadOnlyList<ApproverRow> named) =>
        new(Code, ProgramCode, new DecisionState
        {
            Id = Id,
            ProgramId = ProgramId,
            Audience = AudienceId,
            Named = [.. named.Select(n => new NamedApprover(Enum.Parse<Approver>(n.Capacity), n.PersonId, n.PersonName))],
            Status = Enum.Parse<DecisionStatus>(Status),
            Template = Enum.Parse<CriteriaTemplate>(Template),
            ErrorClaim = ErrorClaim,
            WorstSev = (Sev?)WorstSev,
            Requirement = new Requirement(Split(ToResume), Split(ToTerminate)),
            Pauses = [.. pauses.Select(p => new CoveredPause(p.PauseId, p.IncidentId, p.ActivatedAt))],
            Criteria = [.. criteria.Select(c => c.ToCriterion()).OrderBy(c => c.Kind)],
            Recommendation = Outcome is null ? null : new Recommendation(
                Enum.Parse<DecisionOutcome>(Outcome), Rationale!, StayUntil,
                [.. conditions.Select(c => new Condition(c.What, c.OwnerId, c.OwnerName, c.DueAt))], ProposerId!.Value,
                    ProposerName!, ProposedAt!.Value)
            {
                Stages = [.. stages.Select(s => new ResumeStage(s.Share, TimeSpan.FromSeconds(s.SoakSeconds)))],
            },
            Approvals =
                [.. approvals.Select(a =>
                new Approval(Enum.Parse<Approver>(a.Capacity), a.ActorId, a.ActorName, a.At, a.Digest, a.Comment))],
            OpenedAt = OpenedAt,
            DueAgainAt = DueAgainAt,
            PredecessorId = PredecessorId,
            DecidedAt = DecidedAt,
            DigestSalt = DigestSalt,
            Version = Version,
        })
        {
            RecordedDigest = Digest,
            LastChange = ChangedAt is { } at ? ChangeNote.Of(at, ChangedBy!, ChangedWhat!) : null,
        };

    /// <summary>The program's id; with an audience a digest of both, in the form of an id.</summary>
    public static Guid OpenKeyOf(Guid programId, Guid? audience) => audience is null
        ? programId : new Guid(Convert.FromHexString(new CanonicalHash().Id(programId).Id(audience).Hex()).AsSpan(0, 16));

    public static Approver[] Split(string roles) => roles.Length == 0 ? [] : [.. roles.Split(',').Select(Enum.Parse<Approver>)];

    private static string Join(IReadOnlyList<Approver> roles) => string.Join(',', roles);
}
