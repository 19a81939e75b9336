using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Pauses;

/// <summary>The life of one pause. Nothing but a final decision lifts it; a drill ends as it was planned.</summary>
public static class PauseRules
{
    public const int MaxReason = 2_000;
    public static readonly TimeSpan LongestDrill = TimeSpan.FromHours(24);
    public static readonly TimeSpan LongestProposal = TimeSpan.FromDays(7);

    /// <summary>How long a proposal stands where the policy gives no time of its own, such as for a suspected source of a SEV that pauses at once.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(60);

    /// <summary>A new pause: proposed, in force, or a drill.</summary>
    public static Outcome<PauseState> Begin(PauseCommand command, Actor actor, DateTimeOffset now) => command switch
    {
        ProposePause c => Propose(c, actor, now),
        PlacePause c => Refuse(c.Order) ?? TakeForce(New(c.Order, actor, now), c.Raised, actor, now),
        StartDrill c => Drill(c, actor, now),
        _ => throw new ArgumentException($"{command.GetType().Name} needs a pause that exists.", nameof(command)),
    };

    /// <summary>What a command makes of a pause that exists.</summary>
    public static Outcome<PauseState> Decide(PauseState state, PauseCommand command, Actor actor, DateTimeOffset now) => command switch
    {
        BringInForce c => Bring(state, c, actor, now),
        DeclinePause c => Decline(state, c, actor, now),
        ReassertPause c => Reassert(state, c),
        SealBuffers => Seal(state),
        ReleaseShare c => Release(state, c),
        TakeBackShare => TakeBack(state),
        LiftPause c => Lift(state, c, actor, now),
        EndDrill => End(state, actor, now),
        _ => Refusal.NotAllowed("pause_exists", "This pause stands already; place another one."),
    };

    private static Outcome<PauseState> Propose(ProposePause c, Actor actor, DateTimeOffset now) =>
        Refuse(c.Order)
        ?? (c.Deadline <= now || c.Deadline > now + LongestProposal
            ? Refusal.Invalid("deadline", $"The deadline lies between now and {LongestProposal.TotalDays:0} days from now.")
            : Outcome.Accept(New(c.Order, actor, now) with { Deadline = c.Deadline }, new PauseProposed(c.Order.Id, c.Deadline)));

    private static Outcome<PauseState> Drill(StartDrill c, Actor actor, DateTimeOffset now)
    {
        if (c.EndsAt <= now || c.EndsAt > now + LongestDrill)
            return Refusal.Invalid("drillEndsAt", $"A drill ends after now and within {LongestDrill.TotalHours:0} hours.");
        if (c.Order.Buffers != BufferPolicy.Hold) return Refusal.Invalid("bufferPolicy", "A drill changes nothing on people's machines: its buffers are held.");
        if (c.Order.Cause is not null) return Refusal.Invalid("incidentCode", "A drill belongs to no incident; place a pause instead.");
        return Refuse(c.Order) ?? TakeForce(New(c.Order, actor, now) with { DrillEndsAt = c.EndsAt }, c.Raised, actor, now);
    }

    private static Outcome<PauseState> Bring(PauseState state, BringInForce c, Actor actor, DateTimeOffset now)
    {
        if (state.Status != PauseStatus.Proposed) return Refusal.NotAllowed("pause_not_proposed", $"This pause is {Words(state)}; only a proposed one comes in force.");
        if (actor.Kind == ActorKind.System && c.Cause is null && now < state.Deadline)
            return Refusal.NotAllowed("deadline_not_reached", "The owner may still decline: the deadline has not come.");
        return TakeForce(state with { Cause = state.Cause is null ? null : c.Cause ?? state.Cause, Version = state.Version + 1 }, c.Raised, actor, now);
    }

    private static Outcome<PauseState> Decline(PauseState state, DeclinePause c, Actor actor, DateTimeOffset now)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        if (state.Status != PauseStatus.Proposed)
            return Refusal.NotAllowed("pause_not_proposed", $"This pause is {Words(state)}; only a proposed one can be declined.");
        if (now >= state.Deadline)
            return Refusal.NotAllowed("deadline_passed", "The deadline has passed: the pause comes in force. Only a decision lifts it.");
        var next = state with { Status = PauseStatus.Declined, Ended = Who(actor, now), DeclineReason = c.Reason.Trim(), Version = state.Version + 1 };
        return Outcome.Accept(next, new PauseDeclined(state.Id, next.DeclineReason));
    }

    private static Outcome<PauseState> Reassert(PauseState state, ReassertPause c)
    {
        if (!state.IsOpen || state.IsDrill) return Refusal.NotAllowed("pause_not_standing", $"This pause is {Words(state)}; a new one is needed.");
        if (state.Cause is null || state.Cause.IncidentId != c.Cause.IncidentId || c.Cause.Cycle < state.Cause.Cycle)
            return Refusal.NotAllowed("other_incident", "This pause belongs to another incident or to a later cycle.");
        return Outcome.Accept(
            state with { Cause = c.Cause, Version = state.Version + 1 }, new PauseReasserted(state.Id, c.Cause.Cycle));
    }

    private static Outcome<PauseState> Seal(PauseState state)
    {
        if (state.IsDrill) return Refusal.NotAllowed("drill_holds_buffers", "A drill changes nothing on people's machines: its buffers are held.");
        if (state.Status != PauseStatus.InForce) return Refusal.NotAllowed("pause_not_in_force", $"This pause is {Words(state)}; it tells collectors nothing.");
        if (state.Buffers == BufferPolicy.Seal) return Refusal.NotAllowed("buffers_sealed", "Collectors are told to seal their buffers already.");
        return Outcome.Accept(state with { Buffers = BufferPolicy.Seal, Version = state.Version + 1 }, new BuffersSealed(state.Id));
    }

    private static Outcome<PauseState> Release(PauseState state, ReleaseShare c)
    {
        if (c.Decision.Id == Guid.Empty) return Refusal.NotAllowed("decision_needed", "Only a final decision lets collectors collect again.");
        if (state.IsDrill) return Refusal.NotAllowed("drill_ends_as_planned", "A drill ends as it was planned; no decision releases it in stages.");
        if (state.Status != PauseStatus.InForce) return Refusal.NotAllowed("pause_not_in_force", $"This pause is {Words(state)}; there is nothing to release.");
        if (c.Percent <= state.ReleasedShare || c.Percent > 99)
            return Refusal.Invalid("percent", $"More than the {state.ReleasedShare} % that are released, and at most 99; the rest is released by lifting.");
        return Outcome.Accept(state with { ReleasedShare = c.Percent, Version = state.Version + 1 }, new ShareReleased(state.Id, c.Percent, c.Decision));
    }

    private static Outcome<PauseState> TakeBack(PauseState state) =>
        state.ReleasedShare == 0
            ? Refusal.NotAllowed("nothing_released", "This pause holds every collector.")
            : Outcome.Accept(state with { ReleasedShare = 0, Version = state.Version + 1 }, new ShareTakenBack(state.Id, state.ReleasedShare));

    private static Outcome<PauseState> Lift(PauseState state, LiftPause c, Actor actor, DateTimeOffset now)
    {
        if (c.Decision.Id == Guid.Empty) return Refusal.NotAllowed("decision_needed", "Only a final decision lifts a pause.");
        if (state.IsDrill) return Refusal.NotAllowed("drill_ends_as_planned", "A drill ends as it was planned; no decision lifts it.");
        if (state.Status != PauseStatus.InForce) return Refusal.NotAllowed("pause_not_in_force", $"This pause is {Words(state)}; there is nothing to lift.");
        var next = state with { Status = PauseStatus.Lifted, Ended = Who(actor, now), Decision = c.Decision, ReleasedShare = 0, Version = state.Version + 1 };
        return Outcome.Accept(next, new PauseLifted(state.Id, c.Decision));
    }

    private static Outcome<PauseState> End(PauseState state, Actor actor, DateTimeOffset now)
    {
        if (!state.IsDrill) return Refusal.NotAllowed("decision_needed", "Only a final decision lifts a pause.");
        if (state.Status != PauseStatus.InForce) return Refusal.NotAllowed("pause_not_in_force", "This drill has ended.");
        if (now < state.DrillEndsAt) return Refusal.NotAllowed("drill_not_over", "A drill ends as it was planned, not before.");
        return Outcome.Accept(
            state with { Status = PauseStatus.Lifted, Ended = Who(actor, now), Version = state.Version + 1 }, new DrillEnded(state.Id));
    }

    private static Outcome<PauseState> TakeForce(PauseState state, RaisedSwitch raised, Actor actor, DateTimeOffset now)
    {
        var guaranteed = Guarantee.Moment(now, raised.MaxPermitExp, raised.Grace);
        return Outcome.Accept(
            state with { Status = PauseStatus.InForce, InForce = Who(actor, now), Epoch = raised.Epoch, GuaranteedAt = guaranteed },
            new PauseTookForce(state.Id, raised.Epoch, guaranteed));
    }

    private static Outcome<PauseState>? Refuse(PauseOrder order) =>
        new Validation().Text(order.Reason, "reason", MaxReason).ToRefusal() is { } invalid ? new Outcome<PauseState>.Refused(invalid) : null;

    private static PauseState New(PauseOrder o, Actor actor, DateTimeOffset now) => new()
    {
        Id = o.Id,
        ProgramId = o.ProgramId,
        Status = PauseStatus.Proposed,
        Scope = o.Scope,
        Origin = o.Origin,
        Reason = o.Reason.Trim(),
        Placed = Who(actor, now),
        Cause = o.Cause,
        Buffers = o.Buffers,
    };

    private static By Who(Actor actor, DateTimeOffset now) => new(actor.Id, actor.Name, now);

    private static string Words(PauseState state) => state.Status switch
    {
        PauseStatus.Proposed => "proposed",
        PauseStatus.InForce => "in force",
        PauseStatus.Declined => "declined",
        PauseStatus.Lifted => state.IsDrill ? "a drill that has ended" : "lifted",
    };
}
