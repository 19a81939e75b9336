using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>How a limit of the SEV policy changes.</summary>
public enum LimitChange
{
    /// <summary>There is no limit, before and after.</summary>
    None,

    /// <summary>A limit is added.</summary>
    Starts,
    Unchanged,
    Shorter,
    Longer,

    /// <summary>The limit is removed.</summary>
    Ends,
}

/// <summary>A limit before and after the change; null is no limit.</summary>
public readonly record struct LimitPlan(Term? Before, Term? After)
{
    public LimitChange Change => (Before, After) switch
    {
        (null, null) => LimitChange.None,
        (null, _) => LimitChange.Starts,
        (_, null) => LimitChange.Ends,
        ({ } before, { } after) when after.CompareTo(before) < 0 => LimitChange.Shorter,
        ({ } before, { } after) when after.CompareTo(before) > 0 => LimitChange.Longer,
        _ => LimitChange.Unchanged,
    };
}

/// <summary>How the clocks of an incident change.</summary>
/// <param name="Acknowledge">From the flag to the acknowledgement.</param>
/// <param name="FirstUpdate">From the opening of the cycle to its first update.</param>
/// <param name="UpdateInterval">From each update to the next.</param>
/// <param name="UpdatesDue">Whether updates are due at all: while it is investigated or contained.</param>
/// <param name="FirstUpdateGiven">Whether the cycle has had an update.</param>
/// <param name="NextUpdateDue">Null where none is due.</param>
public sealed record ClockPlan(
    LimitPlan Acknowledge, LimitPlan FirstUpdate, LimitPlan UpdateInterval, bool UpdatesDue, bool FirstUpdateGiven,
    DateTimeOffset? NextUpdateDue)
{
    /// <param name="before">The level before the change; null for a new incident.</param>
    /// <param name="after">The level after it.</param>
    /// <param name="opened">When the cycle was opened.</param>
    /// <param name="lastUpdate">The incident's last update, or null.</param>
    public static ClockPlan For(
        SevLevel? before, SevLevel after, IncidentStatus status, DateTimeOffset opened, DateTimeOffset? lastUpdate) => new(
        new(before?.Acknowledge, after.Acknowledge),
        new(before?.FirstUpdate, after.FirstUpdate),
        new(before?.UpdateEvery, after.UpdateEvery),
        AreUpdatesDue(status), lastUpdate >= opened, NextUpdate(after, status, opened, lastUpdate));

    /// <summary>When the next update is due; null where the level requires none, or once the incident is resolved.</summary>
    public static DateTimeOffset? NextUpdate(SevLevel level, IncidentStatus status, DateTimeOffset opened, DateTimeOffset? lastUpdate) =>
        AreUpdatesDue(status) ? level.NextUpdateDue(opened, lastUpdate) : null;

    private static bool AreUpdatesDue(IncidentStatus status) => status is IncidentStatus.Investigating or IncidentStatus.Contained;
}
