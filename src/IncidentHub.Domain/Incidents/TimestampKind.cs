namespace IncidentHub.Domain.Incidents;

/// <summary>The timestamps of an incident, from which its measures are computed.</summary>
public enum TimestampKind
{
    // Once in an incident's life.
    ExposureStarted,
    Detected,
    Flagged,
    Acknowledged,
    Declared,
    Closed,

    // Once in each cycle.
    /// <summary>Declared, or reopened. The first cycle's is the declaration.</summary>
    Opened,
    PauseOrdered,

    /// <summary>Proven, not assumed: the last collector's proof.</summary>
    CollectionStopped,
    Contained,
    Resolved,
}

/// <summary>Kinds and labels of timestamps.</summary>
public static class TimestampText
{
    public static bool IsPerCycle(this TimestampKind timestamp) =>
        timestamp is TimestampKind.Opened or TimestampKind.PauseOrdered or TimestampKind.CollectionStopped or TimestampKind.Contained
            or TimestampKind.Resolved;

    public static string Label(this TimestampKind timestamp) => timestamp switch
    {
        TimestampKind.ExposureStarted => "Exposure started",
        TimestampKind.Detected => "Detected",
        TimestampKind.Flagged => "Flagged",
        TimestampKind.Acknowledged => "Acknowledged",
        TimestampKind.Declared => "Declared",
        TimestampKind.Closed => "Closed",
        TimestampKind.Opened => "Opened",
        TimestampKind.PauseOrdered => "Pause ordered",
        TimestampKind.CollectionStopped => "Collection stopped",
        TimestampKind.Contained => "Contained",
        TimestampKind.Resolved => "Resolved",
        _ => throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Unknown timestamp."),
    };
}

/// <summary>The timestamps that an incident has once. Unknown ones are null.</summary>
public sealed record IncidentTimestamps
{
    public DateTimeOffset? ExposureStarted { get; init; }
    public DateTimeOffset? Detected { get; init; }
    public DateTimeOffset? Flagged { get; init; }
    public DateTimeOffset? Acknowledged { get; init; }
    public required DateTimeOffset Declared { get; init; }
    public DateTimeOffset? Closed { get; init; }
}

/// <summary>From a declaration or a reopening to the resolution, with the policy version that applies.</summary>
public sealed record Cycle
{
    /// <summary>1 for the declaration, then one more with each reopening.</summary>
    public required int Number { get; init; }

    /// <summary>The version of the SEV policy when the cycle was opened; later versions do not change it.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>Why it was reopened; empty for the first.</summary>
    public string Reason { get; init; } = "";

    public required DateTimeOffset Opened { get; init; }
    public DateTimeOffset? PauseOrdered { get; init; }
    public DateTimeOffset? CollectionStopped { get; init; }
    public DateTimeOffset? Contained { get; init; }
    public DateTimeOffset? Resolved { get; init; }
}
