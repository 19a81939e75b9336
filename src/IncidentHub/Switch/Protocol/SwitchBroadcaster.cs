using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Platform.Telemetry;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// Notifies all connected collectors that a switch was raised. A dedicated thread does all the writing, so that load on the pages cannot
/// delay it: it is signalled by the writer right after the commit, serialises the event once and copies it into each connection's buffer. A
/// client that does not read is dropped; it reconnects.
/// </summary>
internal sealed class SwitchBroadcaster : IHostedService, IDisposable
{
    /// <summary>How many renewals per second an event may cause: collectors spread theirs accordingly.</summary>
    private const int RenewalsPerSecond = 4_000;
    private const int Turns = 10, ChunkSize = 128;
    private static readonly byte[] Heartbeat = ":\n\n"u8.ToArray();

    private readonly Db _db;
    private readonly ProgramReader _programs;
    private readonly CommitFeed _commits;
    private readonly TimeSpan _turnLasts;
    private readonly CancellationTokenRegistration _stopping;
    private readonly ConcurrentQueue<SwitchRaised> _raised = new();
    private readonly ConcurrentQueue<Action> _orders = new();
    private readonly ConcurrentDictionary<Guid, bool> _known = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly Thread _thread;
    private volatile bool _over;

    // Used by the thread only.
    private readonly Dictionary<Guid, Audience> _audiences = [];
    private readonly Dictionary<Guid, EventStream> _streams = [];
    private readonly HashSet<EventStream>[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new HashSet<EventStream>())];
    private readonly List<EventStream> _failed = [];
    private int _turn;

    private sealed class Audience(string code)
    {
        public readonly string Code = code;
        public readonly HashSet<EventStream> Streams = [];
        public long Epoch, ClosedBelow;
    }

    public SwitchBroadcaster(Db db, ProgramReader programs, CommitFeed commits, CollectorAuthentication authentication,
        IHostApplicationLifetime life)
        : this(db, programs, commits, authentication, life, TimeSpan.FromSeconds(10)) { }

    /// <param name="heartbeat">The interval of heartbeats per connection; connections are spread over it.</param>
    internal SwitchBroadcaster(Db db, ProgramReader programs, CommitFeed commits, CollectorAuthentication authentication,
        IHostApplicationLifetime life, TimeSpan heartbeat)
    {
        (_db, _programs, _commits, _turnLasts) = (db, programs, commits, heartbeat / Turns);
        _thread = new Thread(Run) { IsBackground = true, Name = "switch events" };
        authentication.Forgotten += End;
        // Before the server waits for open requests to end.
        _stopping = life.ApplicationStopping.Register(Stop);
    }

    /// <summary>Open streams.</summary>
    public int Connected { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _commits.Committed += Take;
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Stop();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Serves the stream until the client disconnects or is dropped; its first events are the current epochs of its programs. A collector
    /// has one stream: a second one ends the first.
    /// </summary>
    public async Task ServeAsync(EventStream stream, CancellationToken left)
    {
        await KnowAsync([.. stream.Programs.Where(p => !_known.ContainsKey(p))], left);
        Order(() => Join(stream));
        // Stopped in the meantime: its thread may have ended before it processed the order.
        if (_over) stream.End();
        await using var leaving = left.UnsafeRegister(_ => Order(() => Leave(stream)), null);
        await stream.Ended;
    }

    /// <summary>Ends a collector's stream: it was revoked, or registered again.</summary>
    public void End(Guid collectorId) => Order(() =>
    {
        if (_streams.GetValueOrDefault(collectorId) is { } stream) Leave(stream);
    });

    /// <summary>Applies the changes that another process of the hub made on the same database.</summary>
    public void Take(IReadOnlyList<SwitchEpoch> epochs) => Order(() =>
    {
        foreach (var e in epochs)
        {
            if (_audiences.GetValueOrDefault(e.ProgramId) is { } audience) Raise(audience, e.Epoch, e.ClosedBelow);
        }
    });

    public void Dispose()
    {
        Stop();
        _stopping.Dispose();
        if (_thread.IsAlive) _thread.Join();
        _work.Dispose();
    }

    private void Take(object announcement)
    {
        if (announcement is not SwitchRaised raised) return;
        _raised.Enqueue(raised);
        _work.Set();
    }

    private void Order(Action order)
    {
        _orders.Enqueue(order);
        _work.Set();
    }

    private void Stop()
    {
        if (_over) return;
        _over = true;
        _commits.Committed -= Take;
        _work.Set();
    }

    // Changes that arrive in the meantime are included: epochs only increase.
    private async Task KnowAsync(List<Guid> unknown, CancellationToken ct)
    {
        if (unknown.Count == 0) return;
        var codes = new Dictionary<Guid, string>();
        var epochs = await _db.ReadAsync(async sql =>
        {
            foreach (var id in unknown)
            {
                if (await _programs.FindAsync(sql, id) is { } program) codes[id] = program.Code;
            }
            return await ProgramSwitch.EpochsAsync(sql, unknown);
        }, ct);
        Order(() =>
        {
            foreach (var (id, code) in codes)
            {
                var read = epochs.FirstOrDefault(e => e.ProgramId == id);
                Raise(AudienceOf(id, code), read?.Epoch ?? 1, read?.ClosedBelow ?? 0);
            }
        });
        foreach (var id in codes.Keys) _known[id] = true;
    }

    private void Run()
    {
        var beatAt = Environment.TickCount64 + (long)_turnLasts.TotalMilliseconds;
        while (!_over)
        {
            // Changes always go first: a thousand connecting collectors do not delay a stop.
            if (_raised.TryDequeue(out var raised)) Raise(AudienceOf(raised.ProgramId, raised.Code), raised.Epoch, raised.ClosedBelow);
            else if (Environment.TickCount64 >= beatAt)
            {
                beatAt = Environment.TickCount64 + (long)_turnLasts.TotalMilliseconds;
                _turn = (_turn + 1) % Turns;
                Tell(_turns[_turn], Heartbeat);
            }
            else if (_orders.TryDequeue(out var order)) order();
            else _work.WaitOne((int)Math.Max(1, beatAt - Environment.TickCount64));
        }
        foreach (var stream in _streams.Values) stream.End();
        while (_orders.TryDequeue(out var order)) order();
        foreach (var stream in _streams.Values) stream.End();
    }

    private Audience AudienceOf(Guid programId, string code)
    {
        if (!_audiences.TryGetValue(programId, out var audience)) _audiences[programId] = audience = new(code);
        return audience;
    }

    private void Raise(Audience audience, long epoch, long closedBelow)
    {
        if (epoch <= audience.Epoch && closedBelow <= audience.ClosedBelow) return;
        audience.Epoch = Math.Max(audience.Epoch, epoch);
        audience.ClosedBelow = Math.Max(audience.ClosedBelow, closedBelow);
        var started = Stopwatch.GetTimestamp();
        Tell(audience.Streams, Event(audience));
        HubMetrics.FannedOut(started);
    }

    private void Join(EventStream stream)
    {
        if (_streams.TryGetValue(stream.CollectorId, out var earlier)) Leave(earlier);
        _streams[stream.CollectorId] = stream;
        stream.Turn = _streams.Count % Turns;
        _turns[stream.Turn].Add(stream);
        HubMetrics.StreamOpened();
        using var first = new MemoryStream();
        foreach (var id in stream.Programs)
        {
            if (!_audiences.TryGetValue(id, out var audience)) continue;
            audience.Streams.Add(stream);
            first.Write(Event(audience));
        }
        Connected = _streams.Count;
        if (!stream.TryWrite(first.GetBuffer().AsSpan(0, (int)first.Length))) Drop(stream);
    }

    private void Leave(EventStream stream)
    {
        Remove(stream);
        stream.End();
    }

    private void Drop(EventStream stream)
    {
        Remove(stream);
        stream.Cut();
        HubMetrics.StreamDropped();
    }

    private void Remove(EventStream stream)
    {
        if (_streams.GetValueOrDefault(stream.CollectorId) == stream) _streams.Remove(stream.CollectorId);
        if (_turns[stream.Turn].Remove(stream)) HubMetrics.StreamClosed();
        foreach (var id in stream.Programs)
        {
            if (_audiences.TryGetValue(id, out var audience)) audience.Streams.Remove(stream);
        }
        Connected = _streams.Count;
    }

    private void Tell(HashSet<EventStream> streams, byte[] bytes)
    {
        var written = 0;
        foreach (var stream in streams)
        {
            if (!stream.TryWrite(bytes)) _failed.Add(stream);
            // Yields the processor between two chunks: the response to the person who paused waits, too.
            if (++written % ChunkSize == 0) Thread.Sleep(1);
        }
        foreach (var stream in _failed) Drop(stream);
        _failed.Clear();
    }

    private static byte[] Event(Audience a)
    {
        var spread = a.Streams.Count * 1000L / RenewalsPerSecond;
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"event: switch\ndata: "
                + $"{{\"program\":\"{a.Code}\",\"epoch\":{a.Epoch},\"closedBelow\":{a.ClosedBelow},\"spreadMs\":{spread}}}\n\n"));
    }
}
