using IncidentHub.Platform.Live;

namespace IncidentHub.Tests.Platform.Live;

public class RenderThrottleTests
{
    private readonly StoppedClock _clock = new();

    [Fact]
    public async Task A_page_waits_for_a_free_slot()
    {
        var turns = new RenderThrottle(_clock, 1);
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var began = false;
        var one = turns.RunAsync(() => first.Task, CancellationToken.None);
        var two = turns.RunAsync(
            () =>
            {
                began = true;
                return second.Task;
            },
            CancellationToken.None);
        Assert.False(began);
        first.SetResult();
        await one;
        second.SetResult();
        await two;
        Assert.True(began);
    }

    [Fact]
    public async Task A_priority_update_overtakes_waiting_pages()
    {
        var turns = new RenderThrottle(_clock, 1);
        var busy = new TaskCompletionSource();
        var order = new List<string>();
        Func<Task> Tell(string name) => () =>
        {
            order.Add(name);
            return Task.CompletedTask;
        };
        Task[] all = [turns.RunAsync(() => busy.Task, CancellationToken.None), turns.RunAsync(Tell("list"), CancellationToken.None),
            turns.RunAsync(Tell("state"), CancellationToken.None, first: true)];
        busy.SetResult();
        await Task.WhenAll(all);
        Assert.Equal(["state", "list"], order);
    }

    [Fact]
    public async Task A_page_that_hangs_loses_its_slot()
    {
        var turns = new RenderThrottle(_clock, 1);
        var hangs = turns.RunAsync(() => new TaskCompletionSource().Task, CancellationToken.None);
        var next = turns.RunAsync(() => Task.CompletedTask, CancellationToken.None);
        Assert.False(next.IsCompleted);
        _clock.ElapseAll();
        await hangs.WaitAsync(TimeSpan.FromSeconds(30));
        await next.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.AskedFor);
    }

    [Fact]
    public async Task A_page_that_fails_releases_its_slot()
    {
        var turns = new RenderThrottle(_clock, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            turns.RunAsync(() => throw new InvalidOperationException("Failed."), CancellationToken.None));
        await turns.RunAsync(() => Task.CompletedTask, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_page_that_is_disposed_while_it_waits_takes_no_slot()
    {
        var turns = new RenderThrottle(_clock, 1);
        var first = new TaskCompletionSource();
        var one = turns.RunAsync(() => first.Task, CancellationToken.None);
        using var gone = new CancellationTokenSource();
        var ran = false;
        var two = turns.RunAsync(() => Task.FromResult(ran = true), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        first.SetResult();
        await one;
        await turns.RunAsync(() => Task.CompletedTask, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(ran);
    }

    // Time advances only when the test advances it.
    private sealed class StoppedClock : TimeProvider
    {
        private readonly List<Action> _rings = [];

        public TimeSpan AskedFor { get; private set; }

        public void ElapseAll() => _rings.ForEach(ring => ring());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            AskedFor = dueTime;
            _rings.Add(() => callback(state));
            return new Rung();
        }

        private sealed class Rung : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
