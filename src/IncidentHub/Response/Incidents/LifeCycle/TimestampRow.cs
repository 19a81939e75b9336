using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>One timestamp of an incident, with the cycle that it belongs to, if it belongs to one.</summary>
internal sealed record TimestampRow(Moment Moment, int? Cycle, DateTimeOffset? At)
{
    public string Key => $"{Moment}/{Cycle}";

    /// <summary>What has not happened is not corrected, and the first cycle is opened by the declaration.</summary>
    public bool IsCorrectable => Moment switch
    {
        Moment.Opened => Cycle > 1,
        Moment.ExposureStarted or Moment.Detected or Moment.Flagged or Moment.Acknowledged => true,
        _ => At is not null,
    };

    /// <summary>In the order in which they are read: what happens once, each cycle, the end.</summary>
    public static IReadOnlyList<TimestampRow> Of(IncidentView view)
    {
        var m = view.Moments;
        return
        [
            new(Moment.ExposureStarted, null, m.ExposureStarted),
            new(Moment.Detected, null, m.Detected),
            new(Moment.Flagged, null, m.Flagged),
            new(Moment.Acknowledged, null, m.Acknowledged),
            new(Moment.Declared, null, m.Declared),
            .. view.Cycles.SelectMany(OfCycle),
            new(Moment.Closed, null, m.Closed),
        ];
    }

    private static IEnumerable<TimestampRow> OfCycle(CycleView c) =>
    [
        new(Moment.Opened, c.Number, c.Opened),
        new(Moment.PauseOrdered, c.Number, c.PauseOrdered),
        new(Moment.CollectionStopped, c.Number, c.CollectionStopped),
        new(Moment.Contained, c.Number, c.Contained),
        new(Moment.Resolved, c.Number, c.Resolved),
    ];
}
