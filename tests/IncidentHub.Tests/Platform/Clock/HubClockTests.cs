using IncidentHub.Platform.Clock;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Clock;

public class HubClockTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Minute = TimeSpan.FromMinutes(1);
    private readonly TestClock _system = new();
    private readonly HubClock _clock;

    public HubClockTests() => _clock = new HubClock(_system);

    [Fact]
    public void It_follows_the_system_clock_while_that_advances()
    {
        Assert.Equal(_system.Now, _clock.GetUtcNow());
        _system.Advance(Minute);
        Assert.Equal(_system.Now, _clock.GetUtcNow());
        _system.JumpForward(Hour);
        Assert.Equal(_system.Now, _clock.GetUtcNow());
    }

    [Fact]
    public void It_never_goes_back_behind_a_stored_time()
    {
        var later = _clock.GetUtcNow() + Hour;
        _clock.NotBefore(later);
        Assert.Equal(later, _clock.GetUtcNow());
        _clock.NotBefore(later - Hour * 2);
        Assert.Equal(later, _clock.GetUtcNow());
    }

    [Fact]
    public void After_the_system_clock_is_set_back_it_continues_by_the_monotonic_clock_so_that_permits_still_expire()
    {
        var before = _clock.GetUtcNow();
        _system.JumpForward(-Hour);
        Assert.Equal(before, _clock.GetUtcNow());
        for (var n = 0; n < 600; n++)
        {
            _system.Advance(TimeSpan.FromMilliseconds(100));
            _clock.GetUtcNow();
        }
        // A thousandth slower than the elapsed time.
        Assert.Equal(before + Minute * 0.999, _clock.GetUtcNow());
    }

    [Fact]
    public void It_continues_from_a_stored_time_too_and_reaches_the_system_clock_again_without_a_step()
    {
        var start = _clock.GetUtcNow();
        _clock.NotBefore(start.AddSeconds(1));
        _system.Advance(TimeSpan.FromSeconds(500));
        Assert.Equal(start.AddSeconds(500.5), _clock.GetUtcNow());
        _system.Advance(TimeSpan.FromSeconds(500));
        Assert.Equal(_system.Now, _clock.GetUtcNow());
        _system.Advance(Minute);
        Assert.Equal(_system.Now, _clock.GetUtcNow());
    }
}
