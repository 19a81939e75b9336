using IncidentHub.Platform.Http;
using IncidentHub.Platform.Live;

namespace IncidentHub.Platform.Database;

/// <summary>Which queue a write waits in: a pause goes past every other writer.</summary>
internal enum WriteLane { Normal, Pause }

/// <summary>The database as features see it: a read, or one write transaction.</summary>
internal sealed class Db(Connections connections, Statements statements, IWriter writer, LiveFeed live, IServiceProvider services)
{
    private static readonly AsyncLocal<bool> Writing = new();

    public Engine Engine => connections.Engine;

    /// <summary>Runs queries on one connection.</summary>
    public async Task<T> ReadAsync<T>(Func<ISql, Task<T>> work, CancellationToken ct = default)
    {
        await using var connection = await connections.OpenAsync(ct);
        return await work(new Sql(connections.Engine, statements, connection, null));
    }

    /// <summary>
    /// Runs one write transaction and answers after it is durable. A refusal or an exception rolls all of it back. The work does
    /// nothing but SQL: on SQLite it holds the one writer.
    /// </summary>
    public async Task<Result<T>> WriteAsync<T>(Func<UnitOfWork, Task<Result<T>>> work, WriteLane lane = WriteLane.Normal, CancellationToken ct = default)
    {
        if (Writing.Value) throw new InvalidOperationException("A write transaction is already open here: pass its unit of work on.");
        var idempotency = IdempotencyScope.TakeForWrite();
        Result<T>? result = null;
        var written = await writer.RunAsync(
            async tx =>
            {
                Writing.Value = true;
                try
                {
                    tx.Handlers = services;
                    result = await work(tx);
                    if (result.IsOk && idempotency is not null) await idempotency.RecordAsync(tx);
                    return result.IsOk;
                }
                finally
                {
                    Writing.Value = false;
                }
            },
            lane,
            ct);
        if (written is not null) live.Publish(written.Topics);
        return result!;
    }
}

/// <summary>Runs work in a write transaction. Answers the committed unit of work, or null where the work said no.</summary>
internal interface IWriter
{
    Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct);
}
