using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentHub.Platform.Jobs;

/// <summary>Some node works on background jobs. Where none does, nothing expires, but pausing works: degraded, not unhealthy.</summary>
internal sealed class JobHealth(JobStorage storage) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Servers that were not heard of for some minutes are removed by those that run.
            return Task.FromResult(storage.GetMonitoringApi().Servers().Count > 0 ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("No node works on background jobs (Jobs:Run): nothing expires, reminders and imports wait."));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Task.FromResult(HealthCheckResult.Degraded("The storage of background jobs does not answer.", e));
        }
    }
}
