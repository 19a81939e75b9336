using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Looks every two seconds for sessions that ended and people who changed on another node, and for open pages whose session expired.
/// </summary>
internal sealed partial class SessionWatch(Db db, SessionRegistry sessions, TimeProvider clock, ILogger<SessionWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // What was written by a node whose clock is behind, or in a transaction that took long, is still found.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var since = new { Since = clock.GetUtcNow() - Overlap };
        var (ended, changed) = await db.ReadAsync(async sql =>
            ((await sql.QueryAsync<Guid>("Session_EndedSince", since)).ToHashSet(),
                (await sql.QueryAsync<Guid>("Person_ChangedSince", since)).ToHashSet()), ct);
        sessions.Apply(ended, changed);
    }

    [LoggerMessage(LogLevel.Warning, "Sessions that ended on other nodes could not be read; trying again")]
    private partial void LogFailed(Exception e);
}
