using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Decisions;

/// <summary>Recommending, approving, rejecting.</summary>
internal static class ApprovalRules
{
    public static Result<Accepted<DecisionState>> Propose(
        DecisionState state, ProposeRecommendation command, Actor actor, Relation relation, DateTimeOffset now)
    {
        if (ProposalRules.Check(command, now) is { } invalid) return invalid;
        if (Resumes(command.Outcome) && state.Criteria.Where(c => c.Status == CriterionStatus.Open).ToList() is { Count: > 0 } open)
        {
            return Refusal.NotAllowed(
                "criteria_open",
                $"Open criteria: {string.Join(", ", open.Select(c => c.Kind.Title()))}. Meet or waive each before recommending to resume.");
        }
        if (state.Template == CriteriaTemplate.PlacedInError && command.Outcome != DecisionOutcome.Resume)
        {
            return Refusal.NotAllowed(
                "error_only_resumes",
                "The decision about a pause placed in error can only be to resume. For another outcome, withdraw the claim of error "
                    + "first.");
        }
        if (relation.HasFlag(Relation.OwnProgram) && state.Requirement.For(command.Outcome).Contains(Approver.Owner)
            && !command.OwnerIds.Any(id => id != actor.Id))
        {
            return Refusal.NotAllowed(
                "sole_owner",
                "You are the program's only owner, and the proposer cannot approve. Ask another person to propose, or name a deputy.");
        }
        var recommendation = new Recommendation(
            command.Outcome, command.Rationale.Clean(), command.Until?.ToUniversalTime(),
            [.. command.Conditions.Select(c => c with { What = c.What.Clean(), DueAt = c.DueAt.ToUniversalTime() })], actor.Id, actor.Name,
                now)
        { Stages = command.Stages };
        var next = state with { Status = DecisionStatus.Proposed, Recommendation = recommendation };
        return AfterChange(state, next, [new RecommendationProposed(recommendation)], HubReasons.OtherOutcome);
    }

    public static Result<Accepted<DecisionState>> Withdraw(DecisionState state, WithdrawRecommendation command, Actor actor)
    {
        if (new Validation().Text(command.Reason, "reason", DecisionRules.MaxText).ToRefusal() is { } invalid) return invalid;
        if (state.Recommendation is null) return NothingProposed();
        if (state.Recommendation.ProposerId != actor.Id)
            return Refusal.Forbidden("Only its proposer can withdraw the recommendation. Those who can approve it can reject it.");
        return SendBack(state, [], command.Reason.Clean());
    }

    public static Result<Accepted<DecisionState>> Approve(
        DecisionState state, ApproveRecommendation command, Actor actor, Relation relation, DateTimeOffset now)
    {
        if (new Validation().Text(command.Comment, "comment", DecisionRules.MaxText, required: false).ToRefusal() is { } invalid)
            return invalid;
        if (state.Recommendation is not { } recommendation) return NothingProposed();
        var digest = DecisionDigest.Of(state);
        if (command.Digest is not null && command.Digest != digest)
        {
            return Refusal.Stale(
                "Criteria or recommendation changed since you read them. Your approval was not recorded. Read them again, then approve.");
        }
        if (recommendation.ProposerId == actor.Id)
            return Refusal.NotAllowed("proposer_cannot_approve", "You proposed this recommendation. Another person must approve it.");
        if (state.Approvals.Any(a => a.ActorId == actor.Id))
            return Refusal.NotAllowed(
                "already_approved", "You have approved this recommendation already. Each approval comes from a different person.");

        var capacities = state.Missing.Where(r => CanBe(r, actor, relation)).ToList();
        if (command.As is { } wanted && !capacities.Contains(wanted)) return NotAs(state, wanted, actor, relation);
        if (capacities.Count == 0)
            return Refusal.Forbidden($"Approval is required from: {Names(state.Missing)}. You do not have that role.");
        if (command.As is null && capacities.Count > 1)
            return Refusal.Invalid("as", $"Choose the role in which you approve: {Names(capacities)}.");

        var approval = new Approval(command.As ?? capacities[0], actor.Id, actor.Name, now, digest, TextNormaliser.OrNull(command.Comment));
        var next = state with { Approvals = [.. state.Approvals, approval] };
        var told = new RecommendationApproved(approval);
        if (next.Missing.Count > 0) return Outcome.Accept(Bump(next), told);
        return Outcome.Accept(
            Bump(next with { Status = DecisionStatus.Decided, DecidedAt = now }), told, new DecisionTaken(recommendation.Outcome, digest));
    }

    public static Result<Accepted<DecisionState>> Reject(DecisionState state, RejectRecommendation command, Actor actor, Relation relation)
    {
        if (new Validation().Text(command.Reason, "reason", DecisionRules.MaxText).ToRefusal() is { } invalid) return invalid;
        if (state.Recommendation is not { } recommendation) return NothingProposed();
        if (recommendation.ProposerId == actor.Id)
            return Refusal.NotAllowed("proposer_cannot_reject", "You proposed this recommendation. Withdraw it instead.");
        var asked = state.Requirement.For(recommendation.Outcome);
        if (!asked.Any(r => CanBe(r, actor, relation))) return Refusal.Forbidden($"Only those who can approve can reject: {Names(asked)}.");
        return SendBack(state, [new RecommendationRejected(command.Reason.Clean())], command.Reason.Clean());
    }

    /// <summary>Whether the actor may approve in that capacity.</summary>
    public static bool CanBe(Approver capacity, Actor actor, Relation relation) => capacity switch
    {
        Approver.Owner => relation.HasFlag(Relation.OwnProgram),
        Approver.Privacy => actor.Has(Roles.Privacy),
        Approver.Executive => actor.Has(Roles.Executive),
        Approver.Second => actor.Has(Roles.Privacy) || actor.Has(Roles.Executive),
    };

    /// <summary>The recommendation is withdrawn, with its approvals.</summary>
    public static Result<Accepted<DecisionState>> SendBack(DecisionState next, IReadOnlyList<DomainEvent> told, string reason)
    {
        if (next.Recommendation is null) return Outcome.Accept(Bump(next), told);
        var back = next with { Status = DecisionStatus.Preparing, Recommendation = null, Approvals = [] };
        // A rejection has its own event.
        DomainEvent[] fallen = told.Any(e => e is RecommendationRejected) ? [] : [new RecommendationSentBack(reason)];
        return Outcome.Accept(Bump(back), [.. told, .. Voided(next.Approvals, reason), .. fallen]);
    }

    /// <summary>
    /// After any other change: approvals of another digest are void; an open criterion withdraws a recommendation to collect again.
    /// </summary>
    public static Result<Accepted<DecisionState>> AfterChange(
        DecisionState before, DecisionState next, IReadOnlyList<DomainEvent> told, string reason)
    {
        if (next.Recommendation is not { } standing) return Outcome.Accept(Bump(next), told);
        if (Resumes(standing.Outcome) && next.Criteria.Any(c => c.Status == CriterionStatus.Open)) return SendBack(next, told, reason);
        return Outcome.Accept(Bump(next with { Approvals = [] }), [.. told, .. Voided(before.Approvals, reason)]);
    }

    internal static bool Resumes(DecisionOutcome outcome) => outcome is DecisionOutcome.Resume or DecisionOutcome.ResumeWithConditions;

    private static DecisionState Bump(DecisionState state) => state with { Version = state.Version + 1 };

    private static DomainEvent[] Voided(IReadOnlyList<Approval> approvals, string reason) =>
        approvals.Count == 0 ? [] : [new ApprovalsVoided(approvals, reason)];

    private static Refusal NothingProposed() => Refusal.NotAllowed("nothing_proposed", "There is no recommendation. Propose one first.");

    private static Refusal NotAs(DecisionState state, Approver wanted, Actor actor, Relation relation) =>
        !state.Missing.Contains(wanted) ? Refusal.NotAllowed(
            "capacity_not_missing", $"No approval from {Name(wanted)} is required now. Required: {Names(state.Missing)}.")
        : CanBe(wanted, actor, relation) ? Refusal.Invalid("as", "You cannot approve in this role.")
        : Refusal.Forbidden($"You are not {Name(wanted)}.");

    private static string Names(IEnumerable<Approver> capacities) => string.Join(", ", capacities.Select(Name));

    private static string Name(Approver capacity) => capacity switch
    {
        Approver.Owner => "the program's owner or a deputy",
        Approver.Privacy => "privacy",
        Approver.Executive => "an executive",
        Approver.Second => "privacy or an executive",
    };
}
