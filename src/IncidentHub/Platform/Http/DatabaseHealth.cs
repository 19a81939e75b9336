using IncidentHub.Platform.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentHub.Platform.Http;

/// <summary>The hub is ready when the database answers and takes what is written; degraded where its disk is almost full.</summary>
internal sealed class DatabaseHealth(Db db, Connections connections, StorageState storage) : IHealthCheck
{
    // Enough for the log of the database, which grows while a backup runs.
    private const long Least = 100 * 1024 * 1024;

    // More than a write takes: on a full disk the log of the database may still have room for a small one.
    private const int ProbeSize = 256 * 1024;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await db.ReadAsync(sql => sql.ScalarAsync<int>("Database_Answer"), cancellationToken);
            // Whether there is room is known by writing.
            if (storage.Fault is not null || FreeSpace() < ProbeSize) await ProbeAsync(cancellationToken);
        }
        // Whatever it is: the text of an exception must not be the answer.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(StorageState.Said(e) is { } fault
                ? $"{fault} What does not fit is refused, and no permit is issued that is not recorded."
                : "The database does not answer.", e);
        }
        return FreeSpace() < Least
            ? HealthCheckResult.Degraded("The disk of the database has less than 100 MB left.") : HealthCheckResult.Healthy();
    }

    private async Task ProbeAsync(CancellationToken ct)
    {
        if (connections.DatabaseFile is { } database)
        {
            await using var file = new FileStream($"{database}.probe-{Guid.CreateVersion7():N}", FileMode.CreateNew, FileAccess.Write,
                FileShare.None, 0, FileOptions.DeleteOnClose);
            file.Write(new byte[ProbeSize]);
        }
        await db.WriteAsync<Done>(
            async tx =>
            {
                await tx.ExecuteAsync("Database_Probe");
                return default(Done);
            },
            ct: ct);
    }

    private long FreeSpace()
    {
        try
        {
            return connections.DatabaseFile is { } file ? new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace : long.MaxValue;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
