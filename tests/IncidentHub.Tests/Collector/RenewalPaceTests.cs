using System.Diagnostics;
using IncidentHub.Collector;

namespace IncidentHub.Tests.Collector;

public sealed class RenewalPaceTests
{
    [Fact]
    public async Task An_event_brings_the_next_renewal_forward()
    {
        var pace = new RenewalPace();
        var waiting = pace.WaitAsync(TimeSpan.FromMinutes(10), default);
        Assert.False(waiting.IsCompleted);
        pace.AskWithin(TimeSpan.Zero);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_event_received_before_waiting_counts_once()
    {
        var pace = new RenewalPace();
        pace.AskWithin(TimeSpan.Zero);
        await pace.WaitAsync(TimeSpan.FromMinutes(10), default).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(pace.WaitAsync(TimeSpan.FromMinutes(10), default).IsCompleted);
    }

    [Fact]
    public async Task Without_an_event_the_regular_interval_applies_and_cancelling_ends_the_wait()
    {
        var pace = new RenewalPace();
        var started = Stopwatch.GetTimestamp();
        await pace.WaitAsync(TimeSpan.FromMilliseconds(30), default);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(29));
        using var end = new CancellationTokenSource();
        var waiting = pace.WaitAsync(TimeSpan.FromMinutes(10), end.Token);
        await end.CancelAsync();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 1, 4)]
    [InlineData(4, 0.5, 8)]
    [InlineData(30, 1, 30)]
    [InlineData(5_000, 0.1, 3)]
    [InlineData(3, 0, 0)]
    public void Reconnecting_uses_exponential_back_off_with_full_jitter_up_to_30_seconds(
        int failures, double chance, double seconds) =>
        Assert.Equal(seconds, EventListener.Retry(failures, chance).TotalSeconds, 6);
}
