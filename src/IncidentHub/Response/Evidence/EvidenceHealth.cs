using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace IncidentHub.Response.Evidence;

/// <summary>Files can be kept. Where they cannot, only evidence waits: degraded, not unhealthy.</summary>
internal sealed class EvidenceHealth(EvidenceFolder folder, IOptionsMonitor<EvidenceOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(folder.Validate(null, options.CurrentValue).Succeeded ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("No files can be written to the folder of evidence (Evidence:Path)."));
}
