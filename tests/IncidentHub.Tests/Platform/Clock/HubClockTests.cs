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

    [Fact]
    public void It_runs_by_the_database_s_clock_and_not_by_that_of_its_machine()
    {
        // The machine is two minutes ahead, and its clock is set while the hub runs.
        _ = _clock.GetUtcNow();
        var database = _system.Now - Minute * 2;
        _clock.Follow(database, _clock.GetTimestamp());
        Assert.Equal(database, _clock.GetUtcNow());
        _system.Advance(Minute);
        _system.JumpForward(Hour);
        Assert.Equal(database + Minute, _clock.GetUtcNow());
        _system.JumpForward(-Hour * 2);
        Assert.Equal(database + Minute, _clock.GetUtcNow());
        // The answer was on its way for two seconds.
        var sent = _clock.GetTimestamp();
        _system.Advance(TimeSpan.FromSeconds(2));
        _clock.Follow(database + Hour, sent);
        Assert.Equal(database + Hour + TimeSpan.FromSeconds(2), _clock.GetUtcNow());
    }

    [Fact]
    public void A_database_clock_that_is_set_back_is_reached_without_going_back_and_one_that_is_ahead_at_once()
    {
        var database = _system.Now;
        _clock.Follow(database, _clock.GetTimestamp());
        Assert.Equal(database, _clock.GetUtcNow());
        _clock.Follow(database.AddSeconds(-1), _clock.GetTimestamp());
        Assert.Equal(database, _clock.GetUtcNow());
        _system.Advance(TimeSpan.FromSeconds(500));
        Assert.Equal(database.AddSeconds(499.5), _clock.GetUtcNow());
        _system.Advance(TimeSpan.FromSeconds(500));
        Assert.Equal(database.AddSeconds(999), _clock.GetUtcNow());
        // A transaction was dated later than this node knew.
        _clock.NotBefore(database + Hour);
        Assert.Equal(database + Hour, _clock.GetUtcNow());
    }

    [Fact]
    public void A_step_of_the_database_s_clock_is_noticed_like_one_of_the_machine_s()
    {
        var steps = new IncidentHub.Switch.Pauses.ClockSteps(_clock,
            Microsoft.Extensions.Options.Options.Create(new IncidentHub.Domain.Programs.SwitchLimits()));
        _clock.Follow(_system.Now, _clock.GetTimestamp());
        steps.Look();
        _system.Advance(TimeSpan.FromSeconds(1));
        _system.JumpForward(Hour);
        Assert.Equal(TimeSpan.Zero, steps.Forward(Minute));
        _clock.NotBefore(_clock.GetUtcNow() + Hour);
        Assert.Equal(Hour, steps.Forward(Minute));
    }
}
