using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// Detects changes by other processes of the hub on the same database: raised switches within a second, revoked collectors within ten. A
/// SQLite file has one process, so nothing is polled.
/// </summary>
internal sealed partial class EpochWatch(Db db, SwitchBroadcaster broadcaster, CollectorAuthentication authentication, TimeProvider clock,
    ILogger<EpochWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private const int RevokedEvery = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (db.Engine == Engine.Sqlite) return;
        using var timer = new PeriodicTimer(Pace);
        for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                await LookAsync(round % RevokedEvery == 0, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    /// <summary>One poll: one statement for all programs, and one for revoked collectors.</summary>
    internal async Task LookAsync(bool revoked, CancellationToken ct)
    {
        broadcaster.Take(await db.ReadAsync(sql => ProgramSwitch.EpochsAsync(sql), ct));
        if (!revoked) return;
        // Twice the polling interval: the clocks of two processes differ a little.
        var since = clock.GetUtcNow() - Pace * RevokedEvery * 2;
        foreach (var row in await db.ReadAsync(sql => sql.QueryAsync<RevokedRow>("Collector_RevokedSince", new { Since = since }), ct))
            authentication.Forget(row.Id);
    }

    [LoggerMessage(LogLevel.Warning, "The switches could not be read; retrying")]
    private partial void LogFailed(Exception e);

    private sealed record RevokedRow
    {
        public required Guid Id { get; init; }
    }
}
