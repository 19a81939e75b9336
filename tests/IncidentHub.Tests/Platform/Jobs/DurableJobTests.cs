using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using IncidentHub.Platform.Jobs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Jobs;

public class DurableJobTests
{
    [Fact]
    public async Task Every_job_has_a_schedule_and_a_served_queue_and_never_runs_concurrently_with_itself()
    {
        await using var hub = new TestHub();
        using var connection = hub.Services.GetRequiredService<JobStorage>().GetConnection();
        var known = connection.GetRecurringJobs();
        var jobs = typeof(DurableJob).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DurableJob)));
        Assert.Equal(jobs.Select(t => t.Name).Order(), known.Select(k => k.Job.Type.Name).Order());
        foreach (var job in known)
        {
            Assert.Contains(job.Queue, (string[])[Queues.Default, Queues.Long]);
            var filters = JobFilterProviders.Providers.GetFilters(job.Job).Select(f => f.Instance).ToList();
            Assert.Single(filters.OfType<DisableConcurrentExecutionAttribute>());
            Assert.InRange(filters.OfType<AutomaticRetryAttribute>().Last().Attempts, 1, 5);
            // Only the cancellation token: arguments are stored and shown in clear text.
            Assert.Equal([typeof(CancellationToken)], job.Job.Method.GetParameters().Select(p => p.ParameterType));
        }
    }
}
