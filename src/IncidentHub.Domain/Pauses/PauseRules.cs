using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Pauses;

/// <summary>The life cycle of a pause. Only a final decision lifts it; a drill ends as planned.</summary>
public static class PauseRules
{
    public const int MaxReason = 2_000;
    public static readonly TimeSpan MaxDrillDuration = TimeSpan.FromHours(24);
    public static readonly TimeSpan MaxProposalDuration = TimeSpan.FromDays(7);

    /// <summary>
    /// The default time to decline a proposal, where the policy has none, such as for a suspected source of a SEV that pauses at once.
    /// </summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(60);

    /// <summary>A new pause: proposed, active, or a drill.</summary>
    public static Result<Accepted<PauseState>> Begin(PauseCommand command, Actor actor, DateTimeOffset now) => command switch
    {
        ProposePause c => Propose(c, actor, now),
        PlacePause c => Refuse(c.Order) ?? Activate(New(c.Order, actor, now), c, actor, now),
        StartDrill c => Drill(c, actor, now),
        _ => throw new ArgumentException($"{command.GetType().Name} needs a pause that exists.", nameof(command)),
    };

    /// <summary>Applies a command to an existing pause.</summary>
    public static Result<Accepted<PauseState>> Decide(PauseState state, PauseCommand command, Actor actor, DateTimeOffset now) =>
        command switch
        {
            ActivatePause c => ActivateProposed(state, c, actor, now),
            DeclinePause c => Decline(state, c, actor, now),
            ReassertPause c => Reassert(state, c),
            SealBuffers c => Seal(state, c),
            ReleaseShare c => Release(state, c),
            RevokeShare c => Revoke(state, c),
            LiftPause c => Lift(state, c, actor, now),
            EndDrill c => End(state, c, actor, now),
            _ => Refusal.NotAllowed("pause_exists", "This pause exists already. Place another one."),
        };

    private static Result<Accepted<PauseState>> Propose(ProposePause c, Actor actor, DateTimeOffset now) =>
        Refuse(c.Order)
        ?? (c.Deadline <= now || c.Deadline > now + MaxProposalDuration
            ? Refusal.Invalid("deadline", $"The deadline must be in the future and at most {MaxProposalDuration.TotalDays:0} days ahead.")
            : Outcome.Accept(New(c.Order, actor, now) with { Deadline = c.Deadline }, new PauseProposed(c.Order.Id, c.Deadline)));

    private static Result<Accepted<PauseState>> Drill(StartDrill c, Actor actor, DateTimeOffset now)
    {
        if (c.EndsAt <= now || c.EndsAt > now + MaxDrillDuration)
            return Refusal.Invalid("drillEndsAt", $"A drill must end in the future and within {MaxDrillDuration.TotalHours:0} hours.");
        if (c.Order.Buffers != BufferPolicy.Hold) return Refusal.Invalid("bufferPolicy", "A drill holds the buffers. It cannot seal them.");
        if (c.Order.Cause is not null)
            return Refusal.Invalid("incidentCode", "A drill cannot belong to an incident. Place a pause instead.");
        return Refuse(c.Order) ?? Activate(New(c.Order, actor, now) with { DrillEndsAt = c.EndsAt }, c, actor, now);
    }

    private static Result<Accepted<PauseState>> ActivateProposed(PauseState state, ActivatePause c, Actor actor, DateTimeOffset now)
    {
        if (state.Status != PauseStatus.Proposed)
            return Refusal.NotAllowed("pause_not_proposed", $"This pause is {Words(state)}. Only a proposed pause can be activated.");
        if (actor.Kind == ActorKind.System && c.Cause is null && now < state.Deadline)
            return Refusal.NotAllowed("deadline_not_reached", "The owner can still decline: the deadline has not passed.");
        return Activate(state with { Cause = state.Cause is null ? null : c.Cause ?? state.Cause, Version = state.Version + 1 },
            c, actor, now);
    }

    private static Result<Accepted<PauseState>> Decline(PauseState state, DeclinePause c, Actor actor, DateTimeOffset now)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        if (state.Status != PauseStatus.Proposed)
            return Refusal.NotAllowed("pause_not_proposed", $"This pause is {Words(state)}. Only a proposed pause can be declined.");
        if (now >= state.Deadline)
            return Refusal.NotAllowed(
                "deadline_passed", "The deadline has passed and the pause becomes active. Only a decision can lift it.");
        var next = state with
        {
            Status = PauseStatus.Declined,
            Ended = Who(actor, now),
            DeclineReason = c.Reason.Clean(),
            Version = state.Version + 1
        };
        return Outcome.Accept(next, new PauseDeclined(state.Id, next.DeclineReason));
    }

    private static Result<Accepted<PauseState>> Reassert(PauseState state, ReassertPause c)
    {
        if (!state.IsOpen || state.IsDrill)
            return Refusal.NotAllowed("pause_not_standing", $"This pause is {Words(state)}. Place a new one.");
        if (state.Cause is null || state.Cause.IncidentId != c.Cause.IncidentId || c.Cause.Cycle < state.Cause.Cycle)
            return Refusal.NotAllowed("other_incident", "This pause belongs to another incident or to a later cycle.");
        return Outcome.Accept(
            state with { Cause = c.Cause, Version = state.Version + 1 }, new PauseReasserted(state.Id, c.Cause.Cycle));
    }

    private static Result<Accepted<PauseState>> Seal(PauseState state, SealBuffers c)
    {
        if (state.IsDrill) return Refusal.NotAllowed("drill_holds_buffers", "A drill holds the buffers. It cannot seal them.");
        if (state.Status != PauseStatus.Active)
            return Refusal.NotAllowed("pause_not_active", $"This pause is {Words(state)}. Only an active pause can seal the buffers.");
        if (state.Buffers == BufferPolicy.Seal) return Refusal.NotAllowed("buffers_sealed", "This pause seals the buffers already.");
        return Outcome.Accept(
            state with { Buffers = BufferPolicy.Seal, Version = state.Version + 1 }, new BuffersSealed(state.Id, EpochOf(c)));
    }

    private static Result<Accepted<PauseState>> Release(PauseState state, ReleaseShare c)
    {
        if (c.Decision.Id == Guid.Empty) return Refusal.NotAllowed("decision_needed", "Only a final decision can resume collection.");
        if (state.IsDrill)
            return Refusal.NotAllowed("drill_ends_as_planned", "A drill ends as planned. A decision cannot release it in stages.");
        if (state.Status != PauseStatus.Active)
            return Refusal.NotAllowed(
                "pause_not_active", $"This pause is {Words(state)}. Only an active pause can be released in stages.");
        if (c.Percent <= state.ReleasedShare || c.Percent > 99)
            return Refusal.Invalid(
                "percent",
                $"Enter more than the {state.ReleasedShare} % already released, and at most 99. Lifting the pause releases the rest.");
        return Outcome.Accept(state with { ReleasedShare = c.Percent, Version = state.Version + 1 },
            new ShareReleased(state.Id, c, EpochOf(c)));
    }

    private static Result<Accepted<PauseState>> Revoke(PauseState state, RevokeShare c) =>
        state.ReleasedShare == 0
            ? Refusal.NotAllowed("nothing_released", "No share of this pause is released.")
            : Outcome.Accept(state with { ReleasedShare = 0, Version = state.Version + 1 },
                new ShareRevoked(state.Id, state.ReleasedShare, c.DecisionId));

    private static Result<Accepted<PauseState>> Lift(PauseState state, LiftPause c, Actor actor, DateTimeOffset now)
    {
        if (c.Decision.Id == Guid.Empty) return Refusal.NotAllowed("decision_needed", "Only a final decision can lift a pause.");
        if (state.IsDrill) return Refusal.NotAllowed("drill_ends_as_planned", "A drill ends as planned. A decision cannot lift it.");
        if (state.Status != PauseStatus.Active)
            return Refusal.NotAllowed("pause_not_active", $"This pause is {Words(state)}. Only an active pause can be lifted.");
        var next = state with
        {
            Status = PauseStatus.Lifted,
            Ended = Who(actor, now),
            Decision = c.Decision,
            ReleasedShare = 0,
            Version = state.Version + 1
        };
        return Outcome.Accept(next, new PauseLifted(state.Id, c.Decision, EpochOf(c)));
    }

    private static Result<Accepted<PauseState>> End(PauseState state, EndDrill c, Actor actor, DateTimeOffset now)
    {
        if (!state.IsDrill) return Refusal.NotAllowed("decision_needed", "Only a final decision can lift a pause.");
        if (state.Status != PauseStatus.Active) return Refusal.NotAllowed("pause_not_active", "This drill has ended already.");
        if (now < state.DrillEndsAt) return Refusal.NotAllowed("drill_not_over", "A drill ends as planned, not earlier.");
        return Outcome.Accept(
            state with { Status = PauseStatus.Lifted, Ended = Who(actor, now), Version = state.Version + 1 },
            new DrillEnded(state.Id, EpochOf(c)));
    }

    private static Result<Accepted<PauseState>> Activate(PauseState state, PauseCommand c, Actor actor, DateTimeOffset now)
    {
        var raised = RaisedFor(c);
        var guaranteed = Guarantee.StopTime(now, raised.MaxPermitExp, raised.GracePeriod);
        return Outcome.Accept(
            state with { Status = PauseStatus.Active, Activated = Who(actor, now), Epoch = raised.Epoch, GuaranteedAt = guaranteed },
            new PauseBecameActive(state.Id, raised.Epoch, guaranteed));
    }

    private static Result<Accepted<PauseState>>? Refuse(PauseOrder order) =>
        new Validation().Text(order.Reason, "reason", MaxReason).ToRefusal() is { } invalid ? (Result<Accepted<PauseState>>)invalid : null;

    private static PauseState New(PauseOrder o, Actor actor, DateTimeOffset now) => new()
    {
        Id = o.Id,
        ProgramId = o.ProgramId,
        Status = PauseStatus.Proposed,
        Scope = o.Scope,
        Origin = o.Origin,
        Reason = o.Reason.Clean(),
        Placed = Who(actor, now),
        Cause = o.Cause,
        Buffers = o.Buffers,
    };

    private static RaisedSwitch RaisedFor(PauseCommand c) =>
        c.Raised ?? throw new ArgumentException($"The switch was not raised for {c.GetType().Name}.", nameof(c));

    private static long EpochOf(PauseCommand c) => RaisedFor(c).Epoch;

    private static By Who(Actor actor, DateTimeOffset now) => new(actor.Id, actor.Name, now);

    private static string Words(PauseState state) => state.Status switch
    {
        PauseStatus.Proposed => "proposed",
        PauseStatus.Active => "active",
        PauseStatus.Declined => "declined",
        PauseStatus.Lifted => state.IsDrill ? "a drill that has ended" : "lifted",
    };
}
