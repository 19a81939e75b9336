using System.Diagnostics;
using System.Threading.Channels;
using IncidentHub.Platform.Live;
using IncidentHub.Platform.Telemetry;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Database;

/// <summary>
/// The single writer of a SQLite file. Writes that wait at the same time share one commit (one sync to disk), each inside its own
/// savepoint, so that a failing one does not affect the others. No write completes before the commit. Pauses go first and are committed
/// without waiting for other writes; pauses that wait at the same time share a commit, too. Where one commit of pauses follows another,
/// each takes one ordinary write along, so that a flood of pauses does not starve ordinary writes.
/// </summary>
internal sealed class SqliteWriter : IWriter, IAsyncDisposable
{
    private const int MaxBatchSize = 64;
    private static readonly TimeSpan MaxCommitDelay = TimeSpan.FromMilliseconds(20);

    private readonly Connections _connections;
    private readonly Statements _statements;
    private readonly CommitFeed _commits;
    private readonly TimeProvider _clock;
    private readonly StorageState _storage;
    private readonly Channel<Item> _normal = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<Item> _pauses = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<Task> _loop;
    private bool _pausedLast;

    private sealed class Item(Func<UnitOfWork, Task<bool>> work, CancellationToken ct)
    {
        public readonly TaskCompletionSource<UnitOfWork?> Done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public readonly Func<UnitOfWork, Task<bool>> Work = work;
        public readonly CancellationToken Ct = ct;
    }

    public SqliteWriter(Connections connections, Statements statements, CommitFeed commits, TimeProvider clock, StorageState storage)
    {
        (_connections, _statements, _commits, _clock, _storage) = (connections, statements, commits, clock, storage);
        _loop = new Lazy<Task>(() => Task.Run(LoopAsync));
    }

    public async Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct)
    {
        _ = _loop.Value;
        var item = new Item(work, ct);
        if (!(lane == WriteLane.Pause ? _pauses : _normal).Writer.TryWrite(item)) throw new ObjectDisposedException(nameof(SqliteWriter));
        _waiting.Release();
        return await item.Done.Task;
    }

    private async Task LoopAsync()
    {
        PreparedConnection? connection = null;
        try
        {
            while (true)
            {
                await _waiting.WaitAsync(_stop.Token);
                connection ??= await OpenAsync();
                await GroupCommitAsync(connection);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }
    }

    // The pages of a large transaction stay in memory (64 MB at most), and the log is copied into the file less often (every 32 MB): pages
    // that change again and again are copied once. What is replaced or removed is overwritten: it may be redacted later.
    private async Task<PreparedConnection> OpenAsync()
    {
        var connection = (SqliteConnection)await _connections.OpenAsync(_stop.Token);
        await using var settings = connection.CreateCommand();
        settings.CommandText = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000; PRAGMA secure_delete = ON;";
        await settings.ExecuteNonQueryAsync(_stop.Token);
        return new PreparedConnection(connection);
    }

    /// <summary>The caller has acquired the semaphore once: at least one item waits.</summary>
    private async Task GroupCommitAsync(PreparedConnection connection)
    {
        var accepted = new List<(Item Item, UnitOfWork Tx)>();
        var refused = new List<Item>();
        var taken = 0;
        try
        {
            var began = Stopwatch.GetTimestamp();
            await using var transaction = connection.Inner.BeginTransaction(deferred: false);
            var started = _clock.GetTimestamp();
            var (paused, rode) = (false, false);
            do
            {
                var isPause = _pauses.Reader.TryRead(out var item);
                if (!isPause && paused)
                {
                    // Only pauses share a commit with a pause; an ordinary write stays for the next one, unless one may be taken along.
                    if (rode || !_pausedLast)
                    {
                        _waiting.Release();
                        break;
                    }
                    rode = true;
                }
                if (!isPause && !_normal.Reader.TryRead(out item)) break;
                paused |= isPause;
                taken++;
                await RunOneAsync(connection, transaction, item!, accepted, refused);
            }
            while (accepted.Count < MaxBatchSize && _clock.GetElapsedTime(started) < MaxCommitDelay && _waiting.Wait(0));
            _pausedLast = paused;
            if (accepted.Count > 0)
            {
                await transaction.CommitAsync();
                _storage.Succeeded();
                HubMetrics.Committed(began, accepted.Count, paused);
            }
            else await transaction.RollbackAsync();
        }
        catch (Exception e)
        {
            _storage.Failed(e);
            foreach (var (item, _) in accepted) item.Done.TrySetException(e);
            accepted.Clear();
            // No transaction could be opened: the item of this turn fails with the error rather than waiting permanently.
            if (taken == 0 && (_pauses.Reader.TryRead(out var first) || _normal.Reader.TryRead(out first))) first.Done.TrySetException(e);
        }
        foreach (var (_, tx) in accepted)
        {
            tx.Committed();
            _commits.Publish(tx.Announcements);
        }
        foreach (var item in refused) item.Done.Answer(null);
        foreach (var (item, tx) in accepted) item.Done.Answer(tx);
    }

    private async Task RunOneAsync(PreparedConnection connection, SqliteTransaction transaction, Item item,
        List<(Item, UnitOfWork)> accepted, List<Item> refused)
    {
        if (item.Ct.IsCancellationRequested)
        {
            item.Done.TrySetCanceled(item.Ct);
            return;
        }
        Run(connection, transaction, "SAVEPOINT work");
        try
        {
            var tx = new UnitOfWork(Engine.Sqlite, _statements, connection, transaction, _clock.GetUtcNow());
            var ok = await item.Work(tx);
            if (!ok) Run(connection, transaction, "ROLLBACK TO work");
            Run(connection, transaction, "RELEASE work");
            if (ok) accepted.Add((item, tx));
            else refused.Add(item);
        }
        catch (Exception e)
        {
            // Whoever waits is told, also where SQLite has rolled back everything by itself and there is no savepoint any more: then the
            // whole commit fails.
            item.Done.TrySetException(e);
            Run(connection, transaction, "ROLLBACK TO work");
            Run(connection, transaction, "RELEASE work");
        }
    }

    // Prepared once like every other statement: each write has two of them.
    private static void Run(PreparedConnection connection, SqliteTransaction transaction, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_pauses.Writer.TryComplete()) return;
        _normal.Writer.TryComplete();
        await _stop.CancelAsync();
        if (_loop.IsValueCreated) await _loop.Value;
        while (_pauses.Reader.TryRead(out var item) || _normal.Reader.TryRead(out item)) item.Done.TrySetCanceled();
        _stop.Dispose();
        _waiting.Dispose();
    }
}
