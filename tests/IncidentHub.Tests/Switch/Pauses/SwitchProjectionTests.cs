using System.Collections.Concurrent;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Pauses;

public sealed class SwitchProjectionTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    private SwitchProjections Projections => _world.Hub.Services.GetRequiredService<SwitchProjections>();

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task All_watchers_of_a_program_share_one_view()
    {
        using var first = await Projections.WatchAsync("MCI", _ => Task.CompletedTask);
        using var second = await Projections.WatchAsync("MCI", _ => Task.CompletedTask);
        Assert.Same(first!.View, second!.View);
    }

    [Fact]
    public async Task A_pause_and_each_proof_reach_every_watcher()
    {
        var collector = await _world.CollectorAsync();
        var (permit, _, _) = await collector.AskAsync();
        var seen = new[] { new Seen(), new Seen() };
        using var first = await Projections.WatchAsync("MCI", seen[0].Take);
        using var second = await Projections.WatchAsync("MCI", seen[1].Take);
        Assert.Equal((CollectionStatus.Collecting, 1L), (first!.View.Status, first.View.WithPermit));

        var epoch = (await _world.PauseAsync()).GetProperty("pause").GetProperty("epoch").GetInt64();
        foreach (var one in seen) await one.UntilAsync(v => v is { Status: CollectionStatus.Paused, Stop.Pending: 1 });
        await collector.StopAsync(collector.Ack(permit!, epoch));
        foreach (var one in seen) await one.UntilAsync(v => v.Stop is { Confirmed: 1, Pending: 0, FullStopAt: not null });
    }

    [Fact]
    public async Task A_view_whose_last_proof_was_committed_while_it_was_read_has_its_full_stop()
    {
        var collector = await _world.CollectorAsync();
        var (permit, _, _) = await collector.AskAsync();
        var report = await _world.PauseAsync();
        await _world.Hub.CountedAsync();
        await collector.StopAsync(collector.Ack(permit!, report.GetProperty("pause").GetProperty("epoch").GetInt64()));
        // As the pause was before the last proof.
        await _world.Hub.Db.ReadAsync(sql =>
            Dapper.SqlMapper.ExecuteAsync(((Sql)sql).Connection, "UPDATE Pause SET FullyStoppedAt = NULL"));
        using var watch = await Projections.WatchAsync("MCI", _ => Task.CompletedTask);
        Assert.Equal((1, 0, true), (watch!.View.Stop!.Confirmed, watch.View.Stop.Pending, watch.View.Stop.FullStopAt is not null));
    }

    [Fact]
    public async Task A_burst_of_changes_causes_at_most_four_loads_a_second()
    {
        var seen = new Seen();
        using var watch = await Projections.WatchAsync("MCI", seen.Take);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < 20; i++) await _world.PauseAsync(["clicks"]);
        await seen.UntilAsync(v => v.Open.Count == 20);
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
        Assert.True(seen.Count <= seconds * 4 + 2, $"{seen.Count} loads in {seconds:0.0} s");
    }

    [Fact]
    public async Task A_proof_notifies_watchers_of_the_collectors_and_not_those_of_the_program_only()
    {
        // Two, so that the first proof is not the last: a full stop is an entry of the program's activity.
        var (collector, other) = (await _world.CollectorAsync(), await _world.CollectorAsync());
        await other.AskAsync();
        var (permit, _, _) = await collector.AskAsync();
        var live = _world.Hub.Services.GetRequiredService<LiveFeed>();
        var (program, fleet) = (0, 0);
        using var one = live.Subscribe([$"program:{_world.ProgramId}"], () => Interlocked.Increment(ref program));
        using var two = live.Subscribe([FleetTopic.Of(_world.ProgramId)], () => Interlocked.Increment(ref fleet));
        var epoch = (await _world.PauseAsync()).GetProperty("pause").GetProperty("epoch").GetInt64();
        // Once for the pause, once after its population is written.
        await Waiting.UntilAsync(() => Volatile.Read(ref program) == 2, "both are told");
        await collector.StopAsync(collector.Ack(permit!, epoch));
        Assert.Equal((2, 1), (Volatile.Read(ref program), Volatile.Read(ref fleet)));
    }

    [Fact]
    public async Task A_new_view_does_not_wait_for_pages_that_are_still_rendering()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hangs = new TaskCompletionSource();
        using var watch = await Projections.WatchAsync("MCI", _ =>
        {
            told.TrySetResult();
            return hangs.Task;
        });
        await _world.PauseAsync();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await _world.PauseAsync(["clicks"]);
        var now = await Projections.NowAsync(_world.ProgramId);
        Assert.Equal(2, now.Open.Count);
        Assert.True(now.Number > watch!.View.Number);
        hangs.SetResult();
    }

    [Fact]
    public async Task An_update_of_counts_is_abandoned_when_the_program_is_paused()
    {
        var (counting, hangs) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        // As many hanging pages as there are slots, and one waiting behind them.
        var slow = new List<SwitchWatch?>();
        for (var n = 0; n < RenderThrottle.HalfOfTheProcessors; n++)
        {
            slow.Add(await Projections.WatchAsync("MCI", view =>
            {
                if (view.Status != CollectionStatus.Collecting) return Task.CompletedTask;
                counting.TrySetResult();
                return hangs.Task;
            }));
        }
        var seen = new Seen();
        using var behind = await Projections.WatchAsync("MCI", seen.Take);
        _world.Hub.Services.GetRequiredService<LiveFeed>().Publish([FleetTopic.Of(_world.ProgramId)]);
        await counting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await _world.PauseAsync();
        await seen.UntilAsync(v => v.Status == CollectionStatus.Paused);
        Assert.Equal(1, seen.Count);
        hangs.SetResult();
        slow.ForEach(w => w!.Dispose());
    }

    [Fact]
    public async Task The_collection_status_is_updated_before_the_other_parts()
    {
        var order = new ConcurrentQueue<string>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<SwitchView, Task> Part(string name) => _ =>
        {
            order.Enqueue(name);
            if (order.Count == 3) last.TrySetResult();
            return Task.CompletedTask;
        };
        using var history = await Projections.WatchAsync("MCI", Part("history"));
        using var list = await Projections.WatchAsync("MCI", Part("list"));
        using var state = await Projections.WatchAsync("MCI", Part("state"), first: true);
        await _world.PauseAsync();
        await last.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("state", order.First());
    }

    [Fact]
    public async Task A_watcher_after_all_others_have_left_gets_the_current_view()
    {
        (await Projections.WatchAsync("MCI", _ => Task.CompletedTask))!.Dispose();
        await _world.PauseAsync();
        using var watch = await Projections.WatchAsync("MCI", _ => Task.CompletedTask);
        Assert.Equal(CollectionStatus.Paused, watch!.View.Status);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_has_no_view() =>
        Assert.Null(await Projections.WatchAsync("NOPE", _ => Task.CompletedTask));

    private sealed class Seen
    {
        private readonly BlockingCollection<SwitchView> _views = [];
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task Take(SwitchView view)
        {
            Interlocked.Increment(ref _count);
            _views.Add(view);
            return Task.CompletedTask;
        }

        public Task UntilAsync(Func<SwitchView, bool> holds) => Task.Run(() =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!holds(_views.Take(patience.Token))) { }
        });
    }
}
