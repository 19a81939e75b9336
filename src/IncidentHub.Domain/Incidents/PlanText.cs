using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>Renders plans as English text, one or two sentences a line. The only place that does.</summary>
public static class PlanText
{
    /// <summary>The whole plan in reading order: pauses, clocks, approvals. Of clocks, only what changes.</summary>
    public static IReadOnlyList<string> Lines(PolicyPreview preview) =>
    [
        .. preview.Plan.Programs.Select(p => Line(p, preview.Plan.Level)),
        .. Lines(preview.Plan.Clocks, preview.Plan.LevelBefore is null),
        .. Lines(preview.Approvals),
    ];

    /// <summary>What happens to one program.</summary>
    /// <param name="level">The level after the change.</param>
    public static string Line(ProgramPlan plan, SevLevel level)
    {
        var text = plan.Act switch
        {
            PlannedAct.Pause => $"{plan.Code} is paused at once.",
            PlannedAct.Activate => $"The proposed pause of {plan.Code} becomes active at once.",
            PlannedAct.Propose =>
                $"A pause of {plan.Code} is proposed. "
                + $"It becomes active after {Span(plan.DeclineWithin!.Value)} unless the owner declines it with a reason.",
            PlannedAct.KeepProposed =>
                $"The proposed pause of {plan.Code} stays. It becomes active at its deadline unless the owner declines it with a reason.",
            PlannedAct.KeepActive => $"{plan.Code} stays paused. Only a decision lifts the pause.",
            PlannedAct.Withdraw => $"The proposed pause of {plan.Code} is withdrawn.",
            PlannedAct.Recommend => $"{plan.Code} is not paused automatically. {level.Sev.Label()} recommends a pause.",
            PlannedAct.Answered => plan.AnsweredBy == PauseStatus.Declined
                ? $"{plan.Code} is not paused again: the owner declined the proposed pause in this cycle."
                : $"{plan.Code} is not paused again: a decision lifted the pause in this cycle.",
            PlannedAct.Terminated => $"{plan.Code} is terminated and collects nothing.",
            PlannedAct.None => plan.Kind switch
            {
                null => $"Nothing changes for {plan.Code}.",
                Involvement.Downstream => $"{plan.Code} is downstream and is not paused.",
                _ => $"{plan.Code} is not paused. {level.Sev.Label()} requires no pause.",
            },
        };
        if (plan.StopsStagedResume) text += " Its staged resume stops.";
        if (plan.Reasserts) text += " The pause counts for the new cycle.";
        return plan.StopBound is { } bound ? $"{text} {Stops(bound)}" : text;
    }

    /// <summary>How long a stop can take.</summary>
    public static string Stops(TimeSpan bound) => $"Every collector stops within {Span(bound)}.";

    /// <summary>How long the stop of a pause that a person is about to place can take, and of how many collectors.</summary>
    public static string Stops(long collectors, TimeSpan bound) => collectors switch
    {
        0 => "No collector holds a permit now.",
        1 => $"1 collector stops within {Span(bound)}.",
        _ => $"{collectors:N0} collectors stop within {Span(bound)}.",
    };

    /// <param name="all">For a new incident: every clock, not only those that change.</param>
    public static IEnumerable<string> Lines(ClockPlan clocks, bool all)
    {
        if (Tell(clocks.Acknowledge, all))
            yield return $"Acknowledgement is due {clocks.Acknowledge.After!.Value.Label} after the flag{Instead(clocks.Acknowledge)}.";
        if (!clocks.UpdatesDue) yield break;
        if (clocks.UpdateInterval.After is not { } interval)
        {
            if (all || clocks.UpdateInterval.Change == LimitChange.Ends) yield return "No update is due before the incident is closed.";
            yield break;
        }
        if (!clocks.FirstUpdateGiven && Tell(clocks.FirstUpdate, all))
            yield return $"The first update is due {clocks.FirstUpdate.After!.Value.Label} after opening{Instead(clocks.FirstUpdate)}.";
        if (Tell(clocks.UpdateInterval, all))
            yield return $"Each further update is due {interval.Label} after the last one{Instead(clocks.UpdateInterval)}.";
    }

    /// <summary>Programs with the same requirement share a line.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ApprovalPlan> approvals)
    {
        var groups = approvals.GroupBy(
            a => (Names(a.Required.ToResume), Names(a.Required.ToTerminate), Names(a.AddedToResume), Names(a.AddedToTerminate)));
        foreach (var same in groups)
        {
            var (resume, terminate, addedToResume, addedToTerminate) = same.Key;
            var codes = And([.. same.Select(a => a.Code)]);
            yield return $"To resume {codes}: approval by {resume}{Added(addedToResume)}.";
            yield return $"To terminate {codes}: approval by {terminate}{Added(addedToTerminate)}.";
        }
    }

    /// <summary>«the owner, privacy and an executive».</summary>
    public static string Names(IEnumerable<Approver> roles) => And([.. roles.Select(Name)]);

    /// <summary>«63 s», «60 min», «2 h 30 min», «1 day», with no-break spaces between numbers and units.</summary>
    public static string Span(TimeSpan span)
    {
        if (span.TotalSeconds < 120) return $"{Math.Ceiling(span.TotalSeconds):0}\u00A0s";
        if (span.TotalMinutes <= 90) return Two($"{Math.Floor(span.TotalMinutes):0}\u00A0min", span.Seconds, "s");
        if (span.TotalHours < 48 && span != TimeSpan.FromDays(1))
            return Two($"{Math.Floor(span.TotalHours):0}\u00A0h", span.Minutes, "min");
        return Two($"{span.Days}\u00A0{(span.Days == 1 ? "day" : "days")}", span.Hours, "h");
    }

    private static string Two(string first, int rest, string unit) => rest == 0 ? first : $"{first} {rest}\u00A0{unit}";

    private static bool Tell(LimitPlan limit, bool all) =>
        limit.Change is LimitChange.Starts or LimitChange.Shorter or LimitChange.Longer || (all && limit.After is not null);

    private static string Instead(LimitPlan limit) =>
        limit is { Before: { } before, Change: not LimitChange.Unchanged } ? $", instead of {before.Label}" : "";

    private static string Added(string roles) => roles.Length == 0 ? "" : $" (new: {roles})";

    private static string Name(Approver role) => role switch
    {
        Approver.Owner => "the owner",
        Approver.Privacy => "privacy",
        Approver.Executive => "an executive",
        Approver.Second => "privacy or an executive",
    };

    private static string And(string[] parts) =>
        parts.Length < 2 ? string.Concat(parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
}
