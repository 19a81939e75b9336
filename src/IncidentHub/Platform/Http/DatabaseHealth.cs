using IncidentHub.Platform.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentHub.Platform.Http;

/// <summary>Ready means: the database answers. Parked outbox messages degrade it, so that somebody looks.</summary>
internal sealed class DatabaseHealth(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var parked = await db.ReadAsync(sql => sql.ScalarAsync<int>("Outbox_CountParked"), cancellationToken);
        return parked == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{parked} outbox messages are parked.");
    }
}
