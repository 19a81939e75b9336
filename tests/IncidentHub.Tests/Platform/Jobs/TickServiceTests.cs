using System.Collections.Concurrent;
using IncidentHub.Platform.Jobs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Jobs;

public class TickServiceTests
{
    [Fact]
    public async Task A_failed_tick_runs_again_and_runs_never_overlap()
    {
        await using var hub = new TestHub();
        var (timers, tick) = (new HandTimers(), new StepTick());
        using var service = Service(hub, tick, timers);
        await service.StartAsync(CancellationToken.None);

        (await tick.StartedAsync()).SetException(new InvalidOperationException("The first run fails."));
        await Waiting.UntilAsync(() => timers.Fire(), "the service waits for its timer");
        var second = await tick.StartedAsync();
        timers.Fire();
        timers.Fire();
        Assert.Equal(2, tick.Runs);
        second.SetResult();
        // Ticks that became due in the meantime are one run.
        (await tick.StartedAsync()).SetResult();
        Assert.Equal(3, tick.Runs);
        await service.StopAsync(CancellationToken.None);
        Assert.True(service.ExecuteTask!.IsCompleted);
    }

    [Fact]
    public async Task A_run_is_cancelled_when_the_hub_stops()
    {
        await using var hub = new TestHub();
        var tick = new StepTick();
        using var service = Service(hub, tick, new HandTimers());
        await service.StartAsync(CancellationToken.None);
        await tick.StartedAsync();
        await service.StopAsync(CancellationToken.None);
        Assert.True(service.ExecuteTask!.IsCompleted);
        Assert.False(service.ExecuteTask.IsFaulted);
    }

    [Fact]
    public async Task Every_tick_of_the_product_is_registered()
    {
        await using var hub = new TestHub();
        _ = hub.Services;
        var ticks = typeof(ITick).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(ITick)));
        Assert.Equal(ticks.Select(t => t.Name).Order(), hub.Ticks.Select(t => t.Name).Order());
    }

    private static TickService<StepTick> Service(TestHub hub, StepTick tick, TimeProvider clock) =>
        ActivatorUtilities.CreateInstance<TickService<StepTick>>(hub.Services, tick, clock);

    /// <summary>Each run ends when the test completes it.</summary>
    private sealed class StepTick : ITick
    {
        private readonly BlockingCollection<TaskCompletionSource> _begun = [];
        private int _runs;

        public static TimeSpan Every => TimeSpan.FromSeconds(1);

        public int Runs => Volatile.Read(ref _runs);

        public async Task RunAsync(CancellationToken ct)
        {
            Interlocked.Increment(ref _runs);
            var step = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _begun.Add(step, CancellationToken.None);
            await step.Task.WaitAsync(ct);
        }

        public Task<TaskCompletionSource> StartedAsync() => Task.Run(() =>
            _begun.TryTake(out var step, TimeSpan.FromSeconds(90)) ? step : throw new TimeoutException("No run began."));
    }

    /// <summary>Timers that the test fires.</summary>
    private sealed class HandTimers : TimeProvider
    {
        private readonly ConcurrentQueue<Action> _timers = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Enqueue(() => callback(state));
            return new Timer();
        }

        /// <summary>False while there is no timer.</summary>
        public bool Fire()
        {
            foreach (var timer in _timers) timer();
            return !_timers.IsEmpty;
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
