using System.Data.Common;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentHub.Platform.Http;

/// <summary>The hub is ready when the database answers.</summary>
internal sealed class DatabaseHealth(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await db.ReadAsync(sql => sql.ScalarAsync<int>("Database_Answer"), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}
