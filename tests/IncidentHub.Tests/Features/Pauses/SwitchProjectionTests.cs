using System.Collections.Concurrent;
using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Pauses;
using IncidentHub.Tests.Features.Collectors;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Features.Pauses;

public sealed class SwitchProjectionTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    private SwitchProjections Projections => _world.Hub.Services.GetRequiredService<SwitchProjections>();

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task All_who_watch_a_program_share_one_view()
    {
        using var first = await Projections.WatchAsync("MCI", _ => { });
        using var second = await Projections.WatchAsync("MCI", _ => { });
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
        Assert.Equal((CollectionStatus.Collecting, 1L), (first!.View.Status, first.View.Holding));

        var epoch = (await _world.PauseAsync()).GetProperty("pause").GetProperty("epoch").GetInt64();
        foreach (var one in seen) await one.UntilAsync(v => v is { Status: CollectionStatus.Paused, Stop.Pending: 1 });
        await collector.StopAsync(collector.Ack(permit!, epoch));
        foreach (var one in seen) await one.UntilAsync(v => v.Stop is { Confirmed: 1, Pending: 0, FullStopAt: not null });
    }

    [Fact]
    public async Task A_burst_of_changes_is_at_most_four_loads_a_second()
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
    public async Task Who_comes_after_all_have_left_sees_what_is_true_now()
    {
        (await Projections.WatchAsync("MCI", _ => { }))!.Dispose();
        await _world.PauseAsync();
        using var watch = await Projections.WatchAsync("MCI", _ => { });
        Assert.Equal(CollectionStatus.Paused, watch!.View.Status);
    }

    [Fact]
    public async Task There_is_no_view_of_a_program_that_does_not_exist() => Assert.Null(await Projections.WatchAsync("NOPE", _ => { }));

    private sealed class Seen
    {
        private readonly BlockingCollection<SwitchView> _views = [];
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Take(SwitchView view)
        {
            Interlocked.Increment(ref _count);
            _views.Add(view);
        }

        public Task UntilAsync(Func<SwitchView, bool> holds) => Task.Run(() =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!holds(_views.Take(patience.Token))) { }
        });
    }
}
