namespace IncidentHub.Domain.Incidents;

/// <summary>
/// Measures of an incident. Null is "not applicable": a timestamp is missing, or what is measured ended before the incident was opened.
/// Nothing is estimated.
/// </summary>
public static class Measures
{
    /// <summary>From the flag to its acknowledgement.</summary>
    public static TimeSpan? ToAcknowledge(IncidentTimestamps m) => Between(m.Flagged, m.Acknowledged);

    /// <summary>From the opening of the cycle to its first pause.</summary>
    public static TimeSpan? ToPause(Cycle c) => Between(c.Opened, c.PauseOrdered);

    /// <summary>From the cycle's first pause to the proof that the last collector stopped.</summary>
    public static TimeSpan? ToProvenStop(Cycle c) => Between(c.PauseOrdered, c.CollectionStopped);

    /// <summary>From the opening of the cycle to its containment.</summary>
    public static TimeSpan? ToContain(Cycle c) => Between(c.Opened, c.Contained);

    /// <summary>From the opening of the cycle to its resolution.</summary>
    public static TimeSpan? ToResolve(Cycle c) => Between(c.Opened, c.Resolved);

    private static TimeSpan? Between(DateTimeOffset? from, DateTimeOffset? to) => to < from ? null : to - from;
}
