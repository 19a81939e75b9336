using System.Collections.Concurrent;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Switch.Collectors;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// One shared view per program for all watchers: loaded when the program changes, at most four times a second, and every few seconds for
/// changes by renewals, which touch no topic. The database is queried once, regardless of the number of open pages. Updates that only
/// change counts, the proofs of a stop, are delayed according to the load: the pages take a tenth of a slot (see
/// <see cref="RenderThrottle"/>) at most, and are at most two seconds behind.
/// </summary>
internal sealed partial class SwitchProjections(Db db, ProgramReader programs, PauseReader pauses, StopPopulation population, LiveFeed live,
    RenderThrottle turns, TimeProvider clock, ILogger<SwitchProjections> log)
{
    private const int ShareOfTurn = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250), SlowestPace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadersOf = TimeSpan.FromDays(1);
    // Names help once few are left; of thousands only some are listed, which makes each page cheaper.
    private const int MaxPendingCollectors = 50, FirstPending = 10;
    private const int NewestCollectors = 10;
    private const int HistoryForDrill = 50;
    private readonly ConcurrentDictionary<Guid, Projection> _running = new();
    private long _number, _revision;

    /// <summary>
    /// Watches a program; <paramref name="onChange"/> is called with each new view, in its render slot. Null where the program does not
    /// exist.
    /// </summary>
    /// <param name="first">Whether it takes precedence over watchers without this flag.</param>
    public async Task<SwitchWatch?> WatchAsync(string code, Func<SwitchView, Task> onChange, bool first = false,
        CancellationToken ct = default)
    {
        if (await db.ReadAsync(sql => programs.FindByCodeAsync(sql, code), ct) is not { } program) return null;
        while (true)
        {
            var projection = _running.GetOrAdd(program.Id, id => new Projection(this, id));
            if (await projection.JoinAsync(onChange, first) is { } watch) return watch;
        }
    }

    /// <summary>The current view, without waiting for a slot.</summary>
    public Task<SwitchView> NowAsync(Guid programId) => LoadAsync(programId, Interlocked.Increment(ref _revision));

    private async Task<SwitchView> LoadAsync(Guid programId, long revision)
    {
        var number = Interlocked.Increment(ref _number);
        while (true)
        {
            if (await db.ReadAsync(sql => LoadAsync(sql, programId, number, revision)) is { } view) return view;
            await population.CountedAsync([programId]);
        }
    }

    // Null while the population of a pause is not written yet.
    private async Task<SwitchView?> LoadAsync(ISql sql, Guid programId, long number, long revision)
    {
        var program = await programs.FindAsync(sql, programId) ?? throw new InvalidOperationException("A watched program does not exist.");
        var state = (await pauses.ProgramStatesAsync(sql, [program], null))[programId];
        if (state.Open.Any(p => p.IsPopulationPending)) return null;
        var now = clock.GetUtcNow();
        var collectors = await CollectorQueries.CountsAsync(sql, programId, now);
        var drill = (await pauses.ForProgramAsync(sql, programId, HistoryForDrill))
            .FirstOrDefault(p => p.IsDrill && p.Status == PauseStatus.Lifted);
        var released = state.Open.Where(p => p.State.ReleasedShare > 0).ToList();
        var stages = released.Count == 0 ? null : await StageStore.OfPausesAsync(sql, released.Select(p => p.Id));
        return new SwitchView
        {
            Number = number,
            Revision = revision,
            ProgramId = programId,
            Code = program.Code,
            Status = state.Status,
            Categories = program.Categories,
            Regions = program.Regions,
            Bound = BoundOf(program, state.Held, now),
            HeldSince = state.Held?.Since,
            Registered = collectors.Registered,
            WithPermit = collectors.WithPermit,
            Newest = await CollectorQueries.NewestAsync(sql, programId, NewestCollectors),
            Readers = await ApiKeyReader.ReadersAsync(sql, programId, now - ReadersOf, now),
            Open = [.. state.Open.Select(p => p.State)],
            Shown = state.Shown?.State,
            Stop = state.Shown is null ? null : await StopAsync(sql, state.Shown, state.Stop!),
            Program = program,
            Resume = released.Select(p => ResumeOf([.. stages![p.Id]])).MinBy(r => r.Share),
            LastDrillAt = drill?.State.Activated!.At,
            LastDrillStop = drill?.FullyStoppedAt - drill?.State.Activated!.At,
        };
    }

    // A restored hub does not know the last permits: they may live longer than the program's setting says.
    private static TimeSpan BoundOf(ProgramFacts program, HeldSwitch? held, DateTimeOffset now)
    {
        var bound = Guarantee.Bound(program.Ttl, program.GracePeriod);
        var unknown = Guarantee.StopTime(now, held?.MaxPermitExp, program.GracePeriod) - now;
        return unknown > bound ? unknown : bound;
    }

    private static ResumeProgress ResumeOf(IReadOnlyList<PauseStage> stages)
    {
        var at = stages.Last(s => s.StartedAt is not null);
        var next = stages[at.Ordinal + 1];
        return new(at.Ordinal + 1, stages.Count, at.Share, at.StartedAt!.Value, next.DueAt!.Value, next.Share, at.DecisionLabel);
    }

    private static async Task<StopProgress> StopAsync(ISql sql, PauseFacts pause, StopCounts counts)
    {
        var shape = await StopStore.ShapeAsync(sql, pause.Id, PauseQueries.BucketMs(pause));
        var open = counts.Pending + counts.Violating;
        var outstanding = open == 0 ? new([], null) : await StopStore.ListPendingPageAsync(
            sql, pause.Id, null, open > MaxPendingCollectors ? FirstPending : MaxPendingCollectors);
        long total = 0;
        return new(
            counts.Population, counts.Confirmed, counts.Assured, counts.Pending, counts.Violating, shape.Idle, shape.Revoked,
                pause.FullyStoppedAt,
            [.. shape.Curve.Select(p => (p.After.TotalSeconds, total += p.Stopped))],
            [.. outstanding.Items.Select(o => o.ToView(pause))], outstanding.NextCursor);
    }
}
