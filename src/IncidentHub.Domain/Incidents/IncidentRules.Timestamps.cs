namespace IncidentHub.Domain.Incidents;

/// <summary>Corrections by people.</summary>
public static partial class IncidentRules
{
    private static Result<Accepted<IncidentState>> CorrectTimestamp(
        IncidentState state, IncidentCommand.CorrectTimestamp c, DateTimeOffset now)
    {
        var check = new Validation().Text(c.Reason, "reason", MaxReason)
            .Check(Enum.IsDefined(c.Timestamp), "timestamp", "There is no such timestamp.").Past(c.At, "at", now);
        if (check.ToRefusal() is { } refusal) return refusal;
        if (state.Cycles.FirstOrDefault(x => x.Number == (c.Cycle ?? state.Current.Number)) is not { } cycle)
            return Refusal.Invalid("cycle", $"{state.Code} has {state.Cycles.Count} {(state.Cycles.Count == 1 ? "cycle" : "cycles")}.");
        if (!c.Timestamp.IsPerCycle() && c.Cycle is not null)
            return Refusal.Invalid("cycle", $"«{c.Timestamp.Label()}» is not a timestamp of a cycle. Leave the cycle out.");
        if (c.Timestamp == TimestampKind.Opened && cycle.Number == 1)
            return Refusal.Invalid("timestamp", "The declaration opens the first cycle. Correct «Declared» instead.");
        if (c.At is null && MustBeKnown(state, c.Timestamp, cycle))
            return Refusal.Invalid("at", $"«{c.Timestamp.Label()}» must have a time while the incident has the status {state.Status}.");
        // Only an existing timestamp can be corrected: the action itself sets it, with all its effects.
        if (c.At is not null && !HasHappened(state, c.Timestamp, cycle))
            return Refusal.Invalid("timestamp", $"«{c.Timestamp.Label()}» has not happened yet. The act itself sets it.");

        var before = TimestampRules.Get(state.Timestamps, cycle, c.Timestamp);
        var at = PastTime.Of(c.At, now);
        if (before == at) return Refusal.Invalid("at", "This is the recorded time already.");
        var next = TimestampRules.With(state, c.Timestamp, cycle.Number, at);
        if (TimestampRules.Check(next.Timestamps, next.Cycles, now) is { } disorder) return disorder;
        return Outcome.Accept(
            next, new TimestampCorrected(c.Timestamp, c.Timestamp.IsPerCycle() ? cycle.Number : null, before, at, c.Reason.Clean()));
    }

    private static bool MustBeKnown(IncidentState state, TimestampKind timestamp, Cycle cycle) => timestamp switch
    {
        TimestampKind.Declared or TimestampKind.Opened => true,
        TimestampKind.Contained or TimestampKind.Resolved or TimestampKind.Closed => HasHappened(state, timestamp, cycle),
        _ => false,
    };

    /// <summary>Whether the status implies that it happened. Observed timestamps may be set at any time.</summary>
    private static bool HasHappened(IncidentState state, TimestampKind timestamp, Cycle cycle)
    {
        var past = cycle.Number < state.Current.Number;
        return timestamp switch
        {
            TimestampKind.Contained => past
                ? cycle.Contained is not null : state.Status is IncidentStatus.Contained or IncidentStatus.Resolved
                or IncidentStatus.Closed,
            TimestampKind.Resolved => past ? cycle.Resolved is not null : state.Status is IncidentStatus.Resolved or IncidentStatus.Closed,
            TimestampKind.Closed => state.Status == IncidentStatus.Closed,
            // Only the hub records pause orders and proofs.
            TimestampKind.PauseOrdered => cycle.PauseOrdered is not null,
            TimestampKind.CollectionStopped => cycle.CollectionStopped is not null,
            _ => true,
        };
    }
}
