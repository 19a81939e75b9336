using System.Data;
using System.Diagnostics;
using Dapper;
using IncidentHub.Platform.Live;
using IncidentHub.Platform.Telemetry;
using Microsoft.Data.SqlClient;

namespace IncidentHub.Platform.Database;

/// <summary>
/// Writes on SQL Server: a connection and a transaction each; the server's clock. The victim of a deadlock tries again here. A second
/// insert of the same row is a concurrency conflict: <see cref="Db.WriteAsync"/> runs the work again, which then finds the row of the
/// other.
/// </summary>
internal sealed class SqlServerWriter(Connections connections, Statements statements, CommitFeed commits) : IWriter
{
    private const int DeadlockVictim = 1205, DuplicateInIndex = 2601, DuplicateKey = 2627;
    private const int Attempts = 4;

    public async Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(work, lane, ct);
            }
            catch (SqlException e) when (e.Number == DeadlockVictim && attempt < Attempts)
            {
                // The server rolled it back; no change was made.
            }
            catch (SqlException e) when (e.Number is DuplicateInIndex or DuplicateKey)
            {
                throw new ConcurrencyConflictException("A row");
            }
        }
    }

    private async Task<UnitOfWork?> RunOnceAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        await using var connection = await connections.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var now = await connection.ExecuteScalarAsync<DateTime>("SELECT SYSUTCDATETIME()", transaction: transaction);
        var tx = new UnitOfWork(Engine.SqlServer, statements, connection, transaction, new DateTimeOffset(now, TimeSpan.Zero));
        if (!await work(tx))
        {
            await transaction.RollbackAsync(CancellationToken.None);
            return null;
        }
        await transaction.CommitAsync(CancellationToken.None);
        HubMetrics.Committed(began, 1, lane == WriteLane.Pause);
        commits.Publish(tx.Announcements);
        return tx;
    }
}
