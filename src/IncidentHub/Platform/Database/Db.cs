using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Platform.Database;

/// <summary>The queue of a write: a pause takes precedence over every other write.</summary>
internal enum WriteLane { Normal, Pause }

/// <summary>The features' access to the database: reads, and one write transaction at a time.</summary>
internal sealed partial class Db(
    Connections connections, Statements statements, IWriter writer, LiveFeed live, NodeChanges changes, TimeProvider clock,
    IServiceProvider services)
{
    /// <summary>How long after its time a transaction may still be committed, where several run at once.</summary>
    public static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(30);

    private const int MostAttempts = 5;
    private static readonly AsyncLocal<bool> Writing = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Writes in progress, and one until the hub stops.
    private int _inProgress = 1;

    public Engine Engine => connections.Engine;

    /// <summary>Runs queries on one connection.</summary>
    public async Task<T> ReadAsync<T>(Func<ISql, Task<T>> work, CancellationToken ct = default)
    {
        await using var connection = await connections.OpenAsync(ct);
        return await work(new Sql(connections.Engine, statements, connection, null, clock.GetUtcNow));
    }

    /// <summary>
    /// Runs one write transaction and returns after it is durable. A refusal or an exception rolls it back. The work runs only SQL: on
    /// SQLite it occupies the single writer. It is retried on fresh rows after a <see cref="ConcurrencyConflictException"/>.
    /// </summary>
    public async Task<Result<T>> WriteAsync<T>(Func<UnitOfWork, Task<Result<T>>> work, WriteLane lane = WriteLane.Normal,
        CancellationToken ct = default)
    {
        if (Writing.Value) throw new InvalidOperationException("A write transaction is already open here: pass its unit of work on.");
        var idempotency = IdempotencyScope.TakeForWrite();
        Interlocked.Increment(ref _inProgress);
        try
        {
            return await WriteAsync(work, idempotency, lane, ct);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Called once, when the hub stops: returns when no write is in progress, or when cancelled.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        Leave();
        await _drained.Task.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inProgress) == 0) _drained.TrySetResult();
    }

    private async Task<Result<T>> WriteAsync<T>(Func<UnitOfWork, Task<Result<T>>> work, IdempotencyScope? idempotency, WriteLane lane,
        CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(work, idempotency, lane, ct);
            }
            catch (ConcurrencyConflictException)
            {
                if (attempt == MostAttempts)
                    return Refusal.Stale("Others changed the same thing at the same moment. Nothing was saved. Try again.");
            }
        }
    }

    private async Task<Result<T>> WriteOnceAsync<T>(Func<UnitOfWork, Task<Result<T>>> work, IdempotencyScope? idempotency, WriteLane lane,
        CancellationToken ct)
    {
        Result<T>? result = null;
        var written = await writer.RunAsync(
            async tx =>
            {
                Writing.Value = true;
                try
                {
                    tx.Handlers = services;
                    if (idempotency is not null) await idempotency.RecordAsync(tx);
                    result = await work(tx);
                    if (!result.IsOk) return false;
                    if (idempotency is not null && services.GetService<ISubjectVisibility>() is { } visibility)
                        await idempotency.RecordSubjectsAsync(tx, visibility);
                    await changes.RecordAsync(tx);
                    await tx.Journal.WriteAsync(tx);
                    return true;
                }
                finally
                {
                    Writing.Value = false;
                }
            },
            lane,
            ct);
        if (written is null) return result!;
        idempotency?.Committed();
        Deliver(written.Topics, written.SubjectTopics);
        return result!;
    }
}

/// <summary>Runs work in a write transaction. Returns the committed unit of work, or null where the work declined to commit.</summary>
internal interface IWriter
{
    Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct);
}
