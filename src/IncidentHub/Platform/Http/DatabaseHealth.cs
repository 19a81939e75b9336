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
        // Whatever it is: the text of an exception must not be the answer.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}
