using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>One timestamp of an incident, with its cycle if it belongs to one.</summary>
internal sealed record TimestampRow(TimestampKind Timestamp, int? Cycle, DateTimeOffset? At)
{
    public string Key => $"{Timestamp}/{Cycle}";

    /// <summary>A timestamp that is not set cannot be corrected; the first cycle is opened by the declaration.</summary>
    public bool IsCorrectable => Timestamp switch
    {
        TimestampKind.Opened => Cycle > 1,
        TimestampKind.ExposureStarted or TimestampKind.Detected or TimestampKind.Flagged or TimestampKind.Acknowledged => true,
        _ => At is not null,
    };

    /// <summary>In reading order: the timestamps before the cycles, those of each cycle, those after.</summary>
    public static IReadOnlyList<TimestampRow> Of(IncidentView view)
    {
        var m = view.Timestamps;
        return
        [
            new(TimestampKind.ExposureStarted, null, m.ExposureStarted),
            new(TimestampKind.Detected, null, m.Detected),
            new(TimestampKind.Flagged, null, m.Flagged),
            new(TimestampKind.Acknowledged, null, m.Acknowledged),
            new(TimestampKind.Declared, null, m.Declared),
            .. view.Cycles.SelectMany(OfCycle),
            new(TimestampKind.Closed, null, m.Closed),
        ];
    }

    private static IEnumerable<TimestampRow> OfCycle(CycleView c) =>
    [
        new(TimestampKind.Opened, c.Number, c.Opened),
        new(TimestampKind.PauseOrdered, c.Number, c.PauseOrdered),
        new(TimestampKind.CollectionStopped, c.Number, c.CollectionStopped),
        new(TimestampKind.Contained, c.Number, c.Contained),
        new(TimestampKind.Resolved, c.Number, c.Resolved),
    ];
}
