using System.Diagnostics.Metrics;
using Hangfire;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Platform.Telemetry;

/// <summary>How many jobs wait, and how many have failed for good. The job storage is asked when the figures are collected.</summary>
internal sealed partial class JobMetrics(IMeterFactory meters, JobStorage storage, ILogger<JobMetrics> log) : IHostedService
{
    private static readonly string[] Names = [Queues.Default, Queues.Long];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(HubMetrics.Name);
        meter.CreateObservableGauge("incidenthub.jobs.waiting", Waiting, "{job}", "Jobs that wait for a worker, by queue.");
        meter.CreateObservableGauge("incidenthub.jobs.failed", Failed, "{job}", "Jobs that failed for good: see /jobs.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<long>> Waiting() => Ask(jobs => Names
        .Select(q => new Measurement<long>(jobs.EnqueuedCount(q), new KeyValuePair<string, object?>("queue", q))).ToList());

    private IEnumerable<Measurement<long>> Failed() => Ask(jobs => [new Measurement<long>(jobs.FailedCount())]);

    // The storage may be away, or the hub may be stopping: then there is no figure, and the others are still given.
    private List<Measurement<long>> Ask(Func<Hangfire.Storage.IMonitoringApi, List<Measurement<long>>> ask)
    {
        try
        {
            return ask(storage.GetMonitoringApi());
        }
        catch (Exception e)
        {
            LogNoFigure(e);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Debug, "The job storage gave no figures")]
    private partial void LogNoFigure(Exception e);
}
