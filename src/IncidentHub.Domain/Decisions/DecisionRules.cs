using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Decisions;

/// <summary>
/// Whether a paused program may collect again. Nobody decides alone, approved content cannot change without voiding the approval, and a
/// decided decision is never edited.
/// </summary>
public static class DecisionRules
{
    public const int MaxText = 4000;

    /// <summary>Opens a decision for a program without an open one.</summary>
    /// <param name="sev">Null for a pause without an incident.</param>
    /// <param name="audience">The incident of the pauses, where it is restricted.</param>
    /// <param name="named">Where there is an audience: the required approvers.</param>
    public static Result<Accepted<DecisionState>> Open(Guid id, Guid programId, IReadOnlyList<CoveredPause> pauses, Sev? sev,
        Requirement requirement, DateTimeOffset now, Guid? audience = null, IReadOnlyList<NamedApprover>? named = null)
    {
        var state = new DecisionState
        {
            Id = id,
            ProgramId = programId,
            Audience = audience,
            Named = named ?? [],
            WorstSev = sev,
            Pauses = pauses,
            Requirement = requirement,
            Criteria = [.. CriteriaTemplates.For(CriteriaTemplate.Standard, sev, pauses.Any(p => p.IncidentId is null))
                .Select(Criterion.Untouched)],
            OpenedAt = now,
            Version = 1,
        };
        return Outcome.Accept(state, new DecisionOpened(id));
    }

    /// <summary>The successor of a "stay paused until": the same pauses, requirement and evidence; no recommendation yet.</summary>
    public static DecisionState Successor(DecisionState decided, Guid id, DateTimeOffset now) => decided with
    {
        Id = id,
        Status = DecisionStatus.Preparing,
        Recommendation = null,
        Approvals = [],
        // They were about the decision before.
        Opinions = [],
        OpinionRequests = [],
        OpenedAt = now,
        DueAgainAt = decided.Recommendation?.Until,
        PredecessorId = decided.Id,
        DecidedAt = null,
        Version = 1,
    };

    /// <summary>The next state, or a refusal. The caller has checked the access table; who may approve is checked here.</summary>
    /// <param name="relation">The relation of the actor to the program.</param>
    public static Result<Accepted<DecisionState>> Decide(DecisionState state, DecisionCommand command, Actor actor,
        Relation relation, DateTimeOffset now)
    {
        if (state.Status == DecisionStatus.Decided)
        {
            if (command is RequestOpinion or WithdrawOpinionRequest or RecordOpinion) return OpinionRules.Decided;
            return Refusal.NotAllowed(
                "decided", "This decision has been made and is never edited. If the program is still paused, see its open decision.");
        }
        return command switch
        {
            CoverPause cover => Cover(state, cover),
            ChangeSev change => Raise(state, change.Sev, change.Requirement, []),
            MoveIncident move => Move(state, move),
            VoidApprovals redacted => ApprovalRules.AfterChange(state, state, [], redacted.Reason),
            NameApprovers name => Name(state, name),
            NarrowAudience narrow => Narrow(state, narrow),
            HandOverPauses hand => HandOver(state, hand, actor, now),
            ReopenCriteria reopen => ReopenAll(state, reopen, actor, now),
            MeetCriterion meet => CriteriaRules.Meet(state, meet, actor, now),
            WaiveCriterion waive => CriteriaRules.Waive(state, waive, actor, now),
            ReopenCriterion reopen => CriteriaRules.Reopen(state, reopen, actor, now),
            ClaimPlacedInError claim => CriteriaRules.Claim(state, claim),
            WithdrawErrorClaim drop => CriteriaRules.Drop(state, drop),
            ProposeRecommendation propose => ApprovalRules.Propose(state, propose, actor, relation, now),
            WithdrawRecommendation withdraw => ApprovalRules.Withdraw(state, withdraw, actor),
            ApproveRecommendation approve => ApprovalRules.Approve(state, approve, actor, relation, now),
            RequestOpinion request => OpinionRules.Request(state, request, actor, now),
            WithdrawOpinionRequest withdraw => OpinionRules.Withdraw(state, withdraw, actor, now),
            RecordOpinion record => OpinionRules.Record(state, record, actor, now),
            RejectRecommendation reject => ApprovalRules.Reject(state, reject, actor, relation),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An unknown command."),
        };
    }

    /// <summary>The capacities in which the actor could approve now; may be empty.</summary>
    public static IReadOnlyList<Approver> CapacitiesOf(DecisionState state, Actor actor, Relation relation) =>
        state.Recommendation?.ProposerId == actor.Id || state.Approvals.Any(a => a.ActorId == actor.Id)
            ? []
            : [.. state.Missing.Where(r => ApprovalRules.CanBe(r, actor, relation))];

    /// <summary>Whether the actor may send the recommendation back.</summary>
    public static bool MayReject(DecisionState state, Actor actor, Relation relation) =>
        state is { Status: DecisionStatus.Proposed, Recommendation: { } standing } && standing.ProposerId != actor.Id
        && state.Requirement.For(standing.Outcome).Any(r => ApprovalRules.CanBe(r, actor, relation));

    private static Result<Accepted<DecisionState>> Cover(DecisionState state, CoverPause command)
    {
        if (state.Pauses.Any(p => p.PauseId == command.Pause.PauseId)) return Outcome.Accept(state);
        var covered = state with { Pauses = [.. state.Pauses, command.Pause] };
        return Raise(covered, command.Sev, command.Requirement, [new PauseCovered(command.Pause.PauseId)]);
    }

    private static Result<Accepted<DecisionState>> Move(DecisionState state, MoveIncident command)
    {
        if (state.Pauses.All(p => p.IncidentId != command.From)) return Outcome.Accept(state);
        var next =
            state with { Pauses = [.. state.Pauses.Select(p => p.IncidentId == command.From ? p with { IncidentId = command.Into } : p)] };
        return ApprovalRules.AfterChange(state, next, [new IncidentMoved(command.From, command.Into)],
            HubReasons.Merged);
    }

    // The digest does not cover who may read: approvals stay.
    private static Result<Accepted<DecisionState>> Name(DecisionState state, NameApprovers command)
    {
        var added = command.People.Where(p => state.Named.All(n => (n.As, n.PersonId) != (p.As, p.PersonId))).ToList();
        if (state.Audience is null || added.Count == 0) return Outcome.Accept(state);
        return Outcome.Accept(state with { Named = [.. state.Named, .. added], Version = state.Version + 1 }, new ApproversNamed(added));
    }

    private static Result<Accepted<DecisionState>> Narrow(DecisionState state, NarrowAudience command)
    {
        if (state.Audience is not null) return Outcome.Accept(state);
        var next = state with { Audience = command.IncidentId, Named = command.People, Version = state.Version + 1 };
        return Outcome.Accept(next, [new AudienceNarrowed(command.IncidentId),
            .. command.People.Count == 0 ? Array.Empty<DomainEvent>() : [new ApproversNamed(command.People)]]);
    }

    private static Result<Accepted<DecisionState>> HandOver(
        DecisionState state, HandOverPauses command, Actor actor, DateTimeOffset now)
    {
        IReadOnlyList<Guid> about = [command.IncidentId];
        var next = state with
        {
            Pauses = [.. state.Pauses.Where(p => p.IncidentId != command.IncidentId)],
            Template = CriteriaTemplate.Standard,
            ErrorClaim = null,
            // The answers were about both.
            Criteria = [.. CriteriaTemplates.For(CriteriaTemplate.Standard, state.WorstSev, state.Pauses.Any(p => p.IncidentId is null))
                .Select(k => new Criterion(k, CriterionStatus.Open, command.Reason, actor.Id, actor.Name, now) { About = about })],
        };
        return ApprovalRules.SendBack(
            next, [new PausesHandedOver(command.IncidentId, command.Reason)], HubReasons.OwnDecision);
    }

    /// <summary>Only increases: the worst SEV, the stricter requirement, further criteria.</summary>
    private static Result<Accepted<DecisionState>> Raise(DecisionState state, Sev? sev, Requirement requirement, DomainEvent[] events)
    {
        var worst = state.WorstSev is { } old && sev is { } now ? SevText.Worse(old, now) : state.WorstSev ?? sev;
        var required = state.Requirement.Or(requirement);
        var stricter = worst != state.WorstSev || !Same(required, state.Requirement);
        if (!stricter && events.Length == 0) return Outcome.Accept(state);

        // The claim of an error was made about other pauses or a less severe SEV: it must be made again.
        var wanted = CriteriaTemplates.For(CriteriaTemplate.Standard, worst, state.Pauses.Any(p => p.IncidentId is null));
        var kept = state.Template == CriteriaTemplate.Standard ? state.Criteria : [];
        var added = wanted.Except(kept.Select(c => c.Kind)).ToList();
        var next = state with
        {
            WorstSev = worst,
            Requirement = required,
            Template = CriteriaTemplate.Standard,
            ErrorClaim = null,
            Criteria = [.. kept.Concat(added.Select(Criterion.Untouched)).OrderBy(c => c.Kind)],
        };
        var told = new List<DomainEvent>(events);
        if (stricter) told.Add(new RequirementRaised(worst, required));
        if (state.Template == CriteriaTemplate.PlacedInError)
            told.Add(new TemplateChanged(CriteriaTemplate.Standard, HubReasons.Worse));
        if (added.Count > 0) told.Add(new CriteriaAdded(added));
        return ApprovalRules.SendBack(next, told, HubReasons.Worse);
    }

    private static Result<Accepted<DecisionState>> ReopenAll(DecisionState state, ReopenCriteria command, Actor actor, DateTimeOffset now)
    {
        var next = state with
        {
            Criteria = [.. state.Criteria.Select(c =>
                new Criterion(c.Kind, CriterionStatus.Open, command.Reason, actor.Id, actor.Name, now) { About = command.About })],
        };
        // The reason itself is for those who may see the incident.
        var reopened = new AllCriteriaReopened(command.Reason, command.About);
        return ApprovalRules.AfterChange(state, next, [reopened], HubReasons.Reopened);
    }

    private static bool Same(Requirement a, Requirement b) => a.ToResume.SequenceEqual(b.ToResume)
        && a.ToTerminate.SequenceEqual(b.ToTerminate);
}
