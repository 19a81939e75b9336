using System.Data;
using System.Data.Common;
using System.Diagnostics;
using IncidentHub.Platform.Clock;
using IncidentHub.Platform.Live;
using IncidentHub.Platform.Telemetry;
using Microsoft.Data.SqlClient;

namespace IncidentHub.Platform.Database;

/// <summary>
/// Writes on SQL Server: a connection and a transaction each; the server's clock. A pause has connections of its own, which slow pages
/// cannot use up, and survives a deadlock. Work that the server rolled back, or whose connection broke, runs again, but never once its
/// COMMIT was sent. A second insert of the same row is a concurrency conflict: <see cref="Db.WriteAsync"/> runs the work again, which then
/// finds the row of the other.
/// </summary>
internal sealed class SqlServerWriter(Connections connections, Statements statements, CommitFeed commits, ITransactionClock clock) : IWriter
{
    private const int MostReruns = 4, MostReconnects = 2;

    public async Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct)
    {
        for (int reruns = 1, reconnects = 1; ;)
        {
            try
            {
                return await RunOnceAsync(work, lane, ct);
            }
            catch (Exception e) when (SqlFailures.Of(e) == SqlFailure.Rerun && reruns < MostReruns)
            {
                await Task.Delay(SqlFailures.Pause(reruns++), ct);
            }
            catch (Exception e) when (IsBroken(e) && reconnects < MostReconnects)
            {
                await Task.Delay(SqlFailures.Pause(++reconnects + MostReruns), ct);
            }
            catch (SqlException e) when (SqlFailures.Of(e) == SqlFailure.Duplicate)
            {
                throw new ConcurrencyConflictException("A row");
            }
            catch (SqlException e) when (SqlFailures.Of(e) == SqlFailure.Away)
            {
                throw new DatabaseAwayException(e);
            }
        }
    }

    // What took too long once takes too long again.
    private static bool IsBroken(Exception e) => e is SqlException { Number: not -2 } && SqlFailures.Of(e) == SqlFailure.Away;

    private async Task<UnitOfWork?> RunOnceAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        await using var connection = await connections.OpenAsync(ct, lane);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var now = await clock.BeginAsync(connection, transaction, lane);
        var tx = new UnitOfWork(Engine.SqlServer, statements, connection, transaction, now);
        if (!await work(tx))
        {
            await RollbackAsync(transaction);
            return null;
        }
        await CommitAsync(transaction);
        HubMetrics.Committed(began, 1, lane == WriteLane.Pause);
        tx.Committed();
        commits.Publish(tx.Announcements);
        return tx;
    }

    // A broken connection has rolled it back, too.
    private static async Task RollbackAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
        }
    }

    private static async Task CommitAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            throw new CommitUnknownException(e);
        }
    }
}
