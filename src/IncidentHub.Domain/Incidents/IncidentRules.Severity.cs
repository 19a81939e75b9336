using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

public static partial class IncidentRules
{
    private static Result<Accepted<IncidentState>> AssessSeverity(
        IncidentState state, IncidentCommand.AssessSeverity c, Actor actor, DateTimeOffset now)
    {
        var i = c.Inputs;
        var check = new Validation().Text(c.Reason, "reason", MaxReason)
            .Check(i.Identifiability is not { } id || Enum.IsDefined(id), "identifiability",
                "Negligible, Limited, Significant or Maximum; if left out, the worst case is used.")
            .Check(i.Confidentiality is not { } loss || Enum.IsDefined(loss), "confidentiality",
                "None, Partial or Full; if left out, it is taken from the exposures.")
            .Check(Enum.IsDefined(i.Integrity), "integrity", "None, Partial or Full.")
            .Check(Enum.IsDefined(i.Availability), "availability", "None, Partial or Full.")
            .Check(i.ContextAdjustment is >= -BreachInputs.MostSteps and <= BreachInputs.MostSteps, "contextAdjustment",
                $"Whole steps from -{BreachInputs.MostSteps} to {BreachInputs.MostSteps}.");
        if (check.ToRefusal() is { } refusal) return refusal;
        if (NotOpen(state) is { } closed) return closed;
        var before = SeverityAdvice.Inputs(state);
        if (i == before) return Refusal.Invalid("reason", "Nothing differs from the current assessment.");
        var reason = c.Reason.Clean();
        return Outcome.Accept(state with { Assessments = [.. state.Assessments, new(state.Current.Number, i, reason, now, actor.Name)] },
            new SeverityAssessed(before, i, reason));
    }

    // The SEV stays: what changes is that somebody answers for it.
    private static Result<Accepted<IncidentState>> OverrideAdvice(IncidentState state, IncidentCommand.OverrideAdvice c)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } refusal) return refusal;
        if (NotOpen(state) is { } closed) return closed;
        if (SeverityAdvice.Of(state) is not { } advice)
            return Refusal.NotAllowed("no_advice", "Without an exposure there is no advice. Record what was exposed.");
        if (advice.Suggests == state.Sev)
            return Refusal.NotAllowed("advice_agrees", $"The advice suggests {state.Sev.Label()}, which it is. Nothing is overridden.");
        if (AdviceHistory.IsOverridden(state))
            return Refusal.NotAllowed("overridden_already", "This advice was overridden already. The reason is in its history.");
        return Outcome.Accept(state, new AdviceOverridden(advice.Suggests, state.Sev, c.Reason.Clean()));
    }
}
