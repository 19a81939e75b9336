using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentHub.Access.Audit;

/// <summary>Checkpoints reach their folder. Where they do not, they are in the database and are written later: degraded.</summary>
internal sealed class CheckpointHealth(CheckpointFolder folder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(folder.IsFailing
            ? HealthCheckResult.Degraded("Checkpoints of the audit log cannot be written to their folder (Audit:CheckpointFolder).")
            : HealthCheckResult.Healthy());
}
