using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IncidentHub.Platform.Telemetry;

/// <summary>
/// What the hub measures of itself. A label holds one of a few words that stand in the code: never a code, a name or a text of a record,
/// because whoever reads metrics need not be allowed to see any of them. Without a listener an instrument costs nothing.
/// </summary>
internal static class HubMetrics
{
    public const string Name = "IncidentHub";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> RenewedPermits = Meter.CreateCounter<long>(
        "incidenthub.permit.renewals", "{renewal}", "Renewals that were recorded, by whether they gave a permit.");

    private static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram(
        "incidenthub.db.commit.duration", "s", "From the beginning of a write transaction until it is durable, by lane.",
        advice: Buckets(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5));

    private static readonly Histogram<double> CommitSize = Meter.CreateHistogram(
        "incidenthub.db.commit.size", "{write}", "Writes that shared one commit. On SQL Server each write has its own.",
        advice: Buckets(1, 2, 4, 8, 16, 32, 64));

    private static readonly Histogram<double> StopSeconds = Meter.CreateHistogram(
        "incidenthub.pause.stop.duration", "s", "From the start of a pause until every collector was proven stopped.",
        advice: Buckets(0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800));

    private static readonly UpDownCounter<long> OpenStreams = Meter.CreateUpDownCounter<long>(
        "incidenthub.push.streams", "{stream}", "Event streams of collectors that are open on this node.");

    private static readonly Histogram<double> FanOutSeconds = Meter.CreateHistogram(
        "incidenthub.push.fanout.duration", "s", "Time to write a raised epoch to every open stream of its program.",
        advice: Buckets(0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5));

    private static readonly Counter<long> DroppedStreams = Meter.CreateCounter<long>(
        "incidenthub.push.dropped", "{stream}", "Event streams that were closed because their collector did not read.");

    private static readonly Counter<long> RefusedRequests = Meter.CreateCounter<long>(
        "incidenthub.refusals", "{refusal}", "Requests that were answered with problem details, by their code.");

    public static void Renewed(int granted, int withheld)
    {
        if (granted > 0) RenewedPermits.Add(granted, new KeyValuePair<string, object?>("result", "granted"));
        if (withheld > 0) RenewedPermits.Add(withheld, new KeyValuePair<string, object?>("result", "withheld"));
    }

    /// <param name="started">A timestamp of <see cref="Stopwatch"/>.</param>
    /// <param name="size">How many writes were committed together.</param>
    public static void Committed(long started, int size, bool isPause)
    {
        CommitSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("lane", isPause ? "pause" : "normal"));
        CommitSize.Record(size);
    }

    public static void Stopped(TimeSpan after) => StopSeconds.Record(after.TotalSeconds);

    public static void StreamOpened() => OpenStreams.Add(1);

    public static void StreamClosed() => OpenStreams.Add(-1);

    public static void StreamDropped() => DroppedStreams.Add(1);

    /// <param name="started">A timestamp of <see cref="Stopwatch"/>.</param>
    public static void FannedOut(long started) => FanOutSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);

    /// <param name="code">The stable code of the problem details.</param>
    public static void Refused(string code) => RefusedRequests.Add(1, new KeyValuePair<string, object?>("code", code));

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
