using System.Data.Common;
using Dapper;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Clock;

/// <summary>The beginning of a transaction on SQL Server.</summary>
internal interface ITransactionClock
{
    /// <summary>Prepares the session of a transaction. Returns the time of the transaction.</summary>
    Task<DateTimeOffset> BeginAsync(DbConnection connection, DbTransaction transaction, WriteLane lane);
}

/// <summary>
/// The clock of the database, which several nodes share: it dates transactions, and the clock of each node runs by it. Asked when the hub
/// starts, and each ten seconds. On SQLite the hub's own clock dates everything.
/// </summary>
internal sealed partial class DatabaseClock(Connections connections, HubNode node, HubClock clock, ILogger<DatabaseClock> log)
    : BackgroundService, ITransactionClock
{
    private const string Ask = "SELECT SYSUTCDATETIME()";
    private const int Tries = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    // Without parameters, so that it is sent as a batch: SET would end with a procedure. A failed statement ends the transaction at once,
    // also one that is cut off by its timeout. Of two transactions in a deadlock the pause survives.
    private const string Begin = "SET XACT_ABORT ON; " + Ask, BeginPause = "SET XACT_ABORT ON; SET DEADLOCK_PRIORITY HIGH; " + Ask;

    public async Task<DateTimeOffset> BeginAsync(DbConnection connection, DbTransaction transaction, WriteLane lane)
    {
        var text = lane == WriteLane.Pause ? BeginPause : Begin;
        var now = Utc(await connection.ExecuteScalarAsync<DateTime>(text, transaction: transaction));
        // A step of the server's clock is known before the act is decided.
        clock.NotBefore(now);
        return now;
    }

    /// <summary>Sets the hub's clock by the answer that took the least time, which is the most exact one.</summary>
    public async Task SetAsync(CancellationToken ct)
    {
        if (!node.HasOthers || connections.Engine == Engine.Sqlite) return;
        await using var connection = await connections.OpenAsync(ct);
        (DateTimeOffset Time, long At, long Took)? best = null;
        for (var n = 0; n < Tries; n++)
        {
            var sent = clock.GetTimestamp();
            var time = Utc(await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition(Ask, cancellationToken: ct)));
            var took = clock.GetTimestamp() - sent;
            if (best is null || took < best.Value.Took) best = (time, sent + took / 2, took);
        }
        clock.Follow(best!.Value.Time, best.Value.At);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!node.HasOthers) return;
        using var timer = new PeriodicTimer(Pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SetAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);

    [LoggerMessage(LogLevel.Warning, "The database's time could not be read; the hub's clock runs on")]
    private partial void LogFailed(Exception e);
}
