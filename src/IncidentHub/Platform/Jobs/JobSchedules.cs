using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;

namespace IncidentHub.Platform.Jobs;

/// <summary>
/// Writes the schedules of this build into the job storage, also into an empty one, and removes those that this build does not define.
/// </summary>
internal sealed class JobSchedules(JobStorage storage, IRecurringJobManager manager, IEnumerable<JobSchedule> schedules) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var utc = new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc };
        foreach (var s in schedules)
        {
            var job = new Job(s.Job, s.Job.GetMethod(nameof(DurableJob.RunAsync)), [CancellationToken.None], s.Queue);
            manager.AddOrUpdate(s.Name, job, s.Cron, utc);
        }
        using var connection = storage.GetConnection();
        var gone = connection.GetRecurringJobs().Select(known => known.Id).Except(schedules.Select(s => s.Name));
        foreach (var name in gone) manager.RemoveIfExists(name);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
