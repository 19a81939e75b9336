namespace IncidentHub.Domain.Incidents;

/// <summary>Corrections by people.</summary>
public static partial class IncidentRules
{
    private static Result<Accepted<IncidentState>> CorrectMoment(IncidentState state, IncidentCommand.CorrectMoment c, DateTimeOffset now)
    {
        var check = new Validation().Text(c.Reason, "reason", MaxReason)
            .Check(Enum.IsDefined(c.Moment), "moment", "There is no such timestamp.");
        if (check.ToRefusal() is { } refusal) return refusal;
        if (state.Cycles.FirstOrDefault(x => x.Number == (c.Cycle ?? state.Current.Number)) is not { } cycle)
            return Refusal.Invalid("cycle", $"{state.Code} has {state.Cycles.Count} {(state.Cycles.Count == 1 ? "cycle" : "cycles")}.");
        if (!c.Moment.IsPerCycle() && c.Cycle is not null)
            return Refusal.Invalid("cycle", $"«{c.Moment.Label()}» is not a timestamp of a cycle. Leave the cycle out.");
        if (c.Moment == Moment.Opened && cycle.Number == 1)
            return Refusal.Invalid("moment", "The declaration opens the first cycle. Correct «Declared» instead.");
        if (c.At is null && MustBeKnown(state, c.Moment, cycle))
            return Refusal.Invalid("at", $"«{c.Moment.Label()}» must have a time while the incident has the status {state.Status}.");
        // Only an existing timestamp can be corrected: the action itself sets it, with all its effects.
        if (c.At is not null && !HasHappened(state, c.Moment, cycle))
            return Refusal.Invalid("moment", $"«{c.Moment.Label()}» has not happened yet. The act itself sets it.");

        var before = MomentRules.Get(state.Moments, cycle, c.Moment);
        if (before == c.At) return Refusal.Invalid("at", "This is the recorded time already.");
        var next = MomentRules.With(state, c.Moment, cycle.Number, c.At);
        if (MomentRules.Check(next.Moments, next.Cycles, now) is { } disorder) return disorder;
        return Outcome.Accept(
            next, new MomentCorrected(c.Moment, c.Moment.IsPerCycle() ? cycle.Number : null, before, c.At, c.Reason.Trim()));
    }

    private static bool MustBeKnown(IncidentState state, Moment moment, Cycle cycle) => moment switch
    {
        Moment.Declared or Moment.Opened => true,
        Moment.Contained or Moment.Resolved or Moment.Closed => HasHappened(state, moment, cycle),
        _ => false,
    };

    /// <summary>Whether the status implies that it happened. Observed timestamps may be set at any time.</summary>
    private static bool HasHappened(IncidentState state, Moment moment, Cycle cycle)
    {
        var past = cycle.Number < state.Current.Number;
        return moment switch
        {
            Moment.Contained => past
                ? cycle.Contained is not null : state.Status is IncidentStatus.Contained or IncidentStatus.Resolved
                or IncidentStatus.Closed,
            Moment.Resolved => past ? cycle.Resolved is not null : state.Status is IncidentStatus.Resolved or IncidentStatus.Closed,
            Moment.Closed => state.Status == IncidentStatus.Closed,
            // Only the hub records pause orders and proofs.
            Moment.PauseOrdered => cycle.PauseOrdered is not null,
            Moment.CollectionStopped => cycle.CollectionStopped is not null,
            _ => true,
        };
    }
}
