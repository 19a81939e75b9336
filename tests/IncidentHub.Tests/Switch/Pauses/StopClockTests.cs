using IncidentHub.Switch.Pauses;

namespace IncidentHub.Tests.Switch.Pauses;

/// <summary>How long a pause has been active, as far as this process knows.</summary>
public sealed class StopClockTests
{
    [Fact]
    public async Task The_time_of_a_pause_that_another_thread_forgets_is_answered()
    {
        const int times = 1_000_000;
        var clock = new StopClock(TimeProvider.System);
        var pause = Guid.CreateVersion7();
        var forgotten = 0;
        var forgetting = Task.Run(() =>
        {
            while (Interlocked.Increment(ref forgotten) < times) clock.Forget(pause);
        }, TestContext.Current.CancellationToken);
        while (Volatile.Read(ref forgotten) < times) Assert.True(clock.Elapsed(pause) >= TimeSpan.Zero);
        await forgetting;
    }
}
