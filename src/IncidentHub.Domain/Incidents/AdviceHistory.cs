using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Incidents;

/// <summary>A term of the breach score, and what it follows from.</summary>
public sealed record AdviceFactor(string Name, decimal Value, string Why);

/// <summary>What was done about the advice.</summary>
public enum AdviceStep
{
    /// <summary>The score changed: by an exposure or an assessment.</summary>
    Scored,

    /// <summary>A person changed the SEV.</summary>
    Chosen,

    /// <summary>A person kept the SEV although the advice suggests another one.</summary>
    Overridden,
}

/// <summary>The advice at one time, and the SEV that the incident had; kept permanently.</summary>
/// <param name="Sum">«3.25 = DPC 3 × EI 1 + CB 0.25»; null where there was no exposure, and so no advice.</param>
/// <param name="Sev">The SEV of the incident after this step.</param>
/// <param name="Reason">Of a person; null for <see cref="AdviceStep.Scored"/>.</param>
public sealed record AdviceRecord(
    int Cycle, AdviceStep Step, string? Sum, Sev? Suggests, Sev Sev, string? Reason, DateTimeOffset At, string By);

/// <summary>Advice and choice side by side, in order: what was suggested when somebody chose, and why they chose otherwise.</summary>
public static class AdviceHistory
{
    /// <summary>Whether the last word of a person on this suggestion and this SEV was to keep the SEV.</summary>
    public static bool IsOverridden(IncidentState incident) => incident.AdviceHistory.Count > 0
        && incident.AdviceHistory[^1] is { Step: AdviceStep.Overridden } last && last.Suggests == SeverityAdvice.Of(incident)?.Suggests
        && last.Sev == incident.Sev;

    /// <summary>The state with what the events say about advice and SEV.</summary>
    /// <param name="before">Null for a declaration.</param>
    internal static IncidentState With(
        IncidentState? before, IncidentState after, IReadOnlyList<DomainEvent> events, Actor actor, DateTimeOffset now)
    {
        var (was, advice) = (before is null ? null : SeverityAdvice.Of(before), SeverityAdvice.Of(after));
        var steps = new List<AdviceRecord>();
        if (was != advice) steps.Add(Record(AdviceStep.Scored, null, Actor.System.Name));
        foreach (var happened in events)
        {
            if (happened is SevChanged sev) steps.Add(Record(AdviceStep.Chosen, sev.Reason, actor.Name));
            if (happened is AdviceOverridden over) steps.Add(Record(AdviceStep.Overridden, over.Reason, actor.Name));
        }
        return steps.Count == 0 ? after : after with { AdviceHistory = [.. after.AdviceHistory, .. steps] };

        AdviceRecord Record(AdviceStep step, string? reason, string by) =>
            new(after.Current.Number, step, advice?.Sum, advice?.Suggests, after.Sev, reason, now, by);
    }
}
