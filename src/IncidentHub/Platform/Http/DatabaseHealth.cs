using IncidentHub.Platform.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentHub.Platform.Http;

/// <summary>The hub is ready when the database responds.</summary>
internal sealed class DatabaseHealth(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await db.ReadAsync(sql => sql.ScalarAsync<int>("Database_Answer"), cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
