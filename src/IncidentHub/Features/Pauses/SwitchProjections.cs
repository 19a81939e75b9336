using System.Collections.Concurrent;
using IncidentHub.Domain.Pauses;
using IncidentHub.Features.ApiKeys;
using IncidentHub.Features.Collectors;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;

namespace IncidentHub.Features.Pauses;

/// <summary>
/// One shared view a program for all who watch it: loaded when its topic is touched, at most four times a second, and every few seconds for what renewals
/// change without touching anything. However many pages are open, the database is asked once.
/// </summary>
internal sealed partial class SwitchProjections(Db db, ProgramReader programs, PauseReader pauses, LiveFeed live, TimeProvider clock, ILogger<SwitchProjections> log)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadersOf = TimeSpan.FromDays(1);
    private const int MostOutstanding = 50;
    private const int NewestCollectors = 10;
    private const int HistoryForDrill = 50;
    private readonly ConcurrentDictionary<Guid, Projection> _running = new();

    /// <summary>Watches a program; <paramref name="onChange"/> is called with each new view and must return at once. Null where there is no such program.</summary>
    public async Task<SwitchWatch?> WatchAsync(string code, Action<SwitchView> onChange, CancellationToken ct = default)
    {
        if (await db.ReadAsync(sql => programs.FindByCodeAsync(sql, code), ct) is not { } program) return null;
        while (true)
        {
            var projection = _running.GetOrAdd(program.Id, id => new Projection(this, id));
            if (await projection.JoinAsync(onChange) is { } watch) return watch;
        }
    }

    private async Task<SwitchView> LoadAsync(Guid programId) => await db.ReadAsync(async sql =>
    {
        var program = await programs.FindAsync(sql, programId) ?? throw new InvalidOperationException("A watched program vanished.");
        var state = (await pauses.ProgramStatesAsync(sql, [program]))[programId];
        var now = clock.GetUtcNow();
        var collectors = await CollectorQueries.CountsAsync(sql, programId, now);
        var drill = (await pauses.ForProgramAsync(sql, programId, HistoryForDrill)).FirstOrDefault(p => p.IsDrill && p.Status == PauseStatus.Lifted);
        var released = state.Open.Where(p => p.State.ReleasedShare > 0).ToList();
        var stages = released.Count == 0 ? null : await StageStore.OfPausesAsync(sql, released.Select(p => p.Id));
        return new SwitchView
        {
            ProgramId = programId, Code = program.Code, Status = state.Status, Categories = program.Categories, Regions = program.Regions, Bound = Guarantee.Bound(program.Ttl, program.G),
            Registered = collectors.Registered, Holding = collectors.Holding, Newest = await CollectorQueries.NewestAsync(sql, programId, NewestCollectors),
            Readers = await ApiKeyReader.ReadersAsync(sql, programId, now - ReadersOf, now), Open = [.. state.Open.Select(p => p.State)], Shown = state.Shown?.State,
            Stop = state.Shown is null ? null : await StopAsync(sql, state.Shown, state.Stop!), Program = program,
            Resume = released.Select(p => ResumeOf([.. stages![p.Id]])).MinBy(r => r.Share), LastDrillAt = drill?.State.InForce!.At, LastDrillStop = drill?.FullyStoppedAt - drill?.State.InForce!.At,
        };
    });

    private static ResumeProgress ResumeOf(IReadOnlyList<PauseStage> stages)
    {
        var at = stages.Last(s => s.StartedAt is not null);
        var next = stages[at.Ordinal + 1];
        return new(at.Ordinal + 1, stages.Count, at.Share, at.StartedAt!.Value, next.DueAt!.Value, next.Share, at.DecisionLabel);
    }

    private static async Task<StopProgress> StopAsync(ISql sql, PauseFacts pause, StopCounts counts)
    {
        var shape = await StopStore.ShapeAsync(sql, pause.Id, PauseQueries.BucketMs(pause));
        var outstanding = counts.Pending + counts.Violating == 0 ? [] : await StopStore.OutstandingAsync(sql, pause.Id, MostOutstanding);
        long total = 0;
        return new(
            counts.Population, counts.Confirmed, counts.Assured, counts.Pending, counts.Violating, shape.Idle, shape.Revoked, pause.FullyStoppedAt,
            [.. shape.Curve.Select(p => (p.After.TotalSeconds, total += p.Stopped))],
            [.. outstanding.Select(o => new OutstandingCollector(o.InstanceName, o.HeardAt, Guarantee.StoppedBy(o.PermitExp, pause.Grace!.Value), o.ViolatedAt is not null))]);
    }

    private IDisposable Listen(Guid programId, Action onChange) => live.Subscribe([$"program:{programId}"], onChange);

    [LoggerMessage(LogLevel.Warning, "The switch of program {Program} could not be read; it is tried again")]
    private partial void LogFailed(Exception e, Guid program);

    /// <summary>Runs while somebody watches.</summary>
    private sealed class Projection(SwitchProjections owner, Guid programId)
    {
        private readonly Lock _lock = new();
        private readonly List<SwitchWatch> _watchers = [];
        private readonly SemaphoreSlim _changed = new(0, 1);
        private readonly CancellationTokenSource _stop = new();
        private Task<SwitchView>? _first;
        private bool _over;

        public async Task<SwitchWatch?> JoinAsync(Action<SwitchView> onChange)
        {
            SwitchWatch watch;
            lock (_lock)
            {
                if (_over) return null;
                watch = new SwitchWatch(onChange, Leave);
                _watchers.Add(watch);
                _first ??= StartAsync();
            }
            try
            {
                watch.Take(await _first);
            }
            catch
            {
                watch.Dispose();
                throw;
            }
            return watch;
        }

        private async Task<SwitchView> StartAsync()
        {
            // Subscribed before the first load: a change between the two would be missed.
            var subscription = owner.Listen(programId, Changed);
            var view = await owner.LoadAsync(programId);
            _ = RunAsync(subscription);
            return view;
        }

        private async Task RunAsync(IDisposable subscription)
        {
            using (subscription)
            {
                while (!_stop.IsCancellationRequested)
                {
                    try
                    {
                        await _changed.WaitAsync(Refresh, _stop.Token);
                        var view = await owner.LoadAsync(programId);
                        SwitchWatch[] watchers;
                        lock (_lock)
                        {
                            _first = Task.FromResult(view);
                            watchers = [.. _watchers];
                        }
                        foreach (var watch in watchers) watch.Take(view);
                        await Task.Delay(Pace, _stop.Token);
                    }
                    catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                    {
                        return;
                    }
                    catch (Exception e)
                    {
                        owner.LogFailed(e, programId);
                        await Task.Delay(Refresh).ConfigureAwait(false);
                    }
                }
            }
        }

        private void Changed()
        {
            lock (_lock)
            {
                if (_changed.CurrentCount == 0) _changed.Release();
            }
        }

        private void Leave(SwitchWatch watch)
        {
            lock (_lock)
            {
                if (!_watchers.Remove(watch) || _watchers.Count > 0) return;
                _over = true;
                owner._running.TryRemove(KeyValuePair.Create(programId, this));
            }
            _stop.Cancel();
        }
    }
}

/// <summary>One watcher of a program's switch. Dispose to end it.</summary>
internal sealed class SwitchWatch(Action<SwitchView> onChange, Action<SwitchWatch> leave) : IDisposable
{
    private SwitchView? _view;

    public SwitchView View => _view ?? throw new InvalidOperationException("Nothing was loaded yet.");

    internal void Take(SwitchView view)
    {
        var first = _view is null;
        _view = view;
        if (!first) onChange(view);
    }

    public void Dispose() => leave(this);
}
