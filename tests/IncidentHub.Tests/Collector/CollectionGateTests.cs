using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Collector;

public sealed class CollectionGateTests
{
    private readonly FakeBootClock _boot = new();
    private readonly TestClock _wall = new();
    private readonly CollectionGate _gate;

    public CollectionGateTests() => _gate = new CollectionGate("MCI", _boot, _wall, TimeSpan.FromSeconds(2));

    [Fact]
    public void Without_a_permit_nothing_may_be_collected() => Assert.False(_gate.MayCollect("clicks"));

    [Fact]
    public void A_permit_opens_its_own_categories_only()
    {
        Open(["clicks"]);
        Assert.True(_gate.MayCollect("clicks"));
        Assert.False(_gate.MayCollect("keystrokes"));
    }

    [Fact]
    public void The_deadline_counts_from_when_the_request_was_sent_not_from_when_the_answer_came()
    {
        var permit = Permit(["clicks"]);
        Pass(TimeSpan.FromSeconds(40));
        _gate.Open(permit);
        Pass(TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        Assert.True(_gate.MayCollect("clicks"));
        Pass(TimeSpan.FromMilliseconds(1));
        Assert.False(_gate.MayCollect("clicks"));
        Assert.Equal(GateReason.PermitExpired, _gate.Status.Reason);
    }

    [Fact]
    public void A_machine_that_slept_past_the_end_may_not_collect_when_it_wakes()
    {
        Open(["clicks"]);
        Pass(TimeSpan.FromHours(8));
        Assert.False(_gate.MayCollect("clicks"));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_wrong_wall_clock_does_not_stop_collecting(int seconds)
    {
        _wall.JumpForward(TimeSpan.FromSeconds(seconds));
        Open(["clicks"]);
        Assert.True(_gate.MayCollect("clicks"));
    }

    [Theory]
    [InlineData(2.1, false)]
    [InlineData(-2.1, false)]
    [InlineData(1.9, true)]
    [InlineData(-1.9, true)]
    [InlineData(3600, false)]
    [InlineData(-3600, false)]
    public void A_wall_clock_that_drifts_more_than_two_seconds_within_a_permit_stops(double seconds, bool collects)
    {
        Open(["clicks"]);
        _wall.JumpForward(TimeSpan.FromSeconds(seconds));
        Assert.Equal(collects, _gate.MayCollect("clicks"));
        Assert.Equal(collects ? GateReason.Permitted : GateReason.ClockDrift, _gate.Status.Reason);
    }

    [Fact]
    public void What_was_captured_while_the_gate_closed_is_discarded()
    {
        Open(["clicks"]);
        var act = _gate.Begin("clicks");
        _gate.Close(GateReason.Paused, 2);
        Assert.True(act.Allowed);
        Assert.False(act.Keep());
    }

    [Fact]
    public void What_was_captured_while_the_gate_closed_and_opened_again_is_discarded()
    {
        Open(["clicks"]);
        var act = _gate.Begin("clicks");
        _gate.Close(GateReason.Paused, 2);
        Open(["clicks"], 3);
        Assert.False(act.Keep());
        Assert.True(_gate.Begin("clicks").Keep());
    }

    [Fact]
    public void What_was_captured_across_a_gap_between_two_permits_is_discarded()
    {
        Open(["clicks"]);
        var act = _gate.Begin("clicks");
        Pass(TimeSpan.FromSeconds(61));
        Open(["clicks"]);
        Assert.False(act.Keep());
    }

    [Fact]
    public void What_was_captured_across_a_renewal_without_a_gap_is_kept()
    {
        Open(["clicks"]);
        var act = _gate.Begin("clicks");
        Pass(TimeSpan.FromSeconds(20));
        Open(["clicks", "keystrokes"]);
        Assert.True(act.Keep());
        Assert.Equal(1, _gate.Sequence);
    }

    [Fact]
    public void What_was_captured_while_its_category_was_removed_is_discarded()
    {
        Open(["clicks", "keystrokes"]);
        var act = _gate.Begin("keystrokes");
        Open(["clicks"], 2);
        Assert.False(act.Keep());
    }

    [Fact]
    public void An_act_that_was_not_allowed_is_never_kept()
    {
        var act = _gate.Begin("clicks");
        Open(["clicks"]);
        Assert.False(act.Allowed);
        Assert.False(act.Keep());
    }

    [Fact]
    public void Checking_the_gate_allocates_nothing()
    {
        var gate = new CollectionGate("MCI", BootClock.System, TimeProvider.System, TimeSpan.FromSeconds(2));
        gate.Open(
            new Permit("t", "j", 1, ["clicks", "keystrokes"], BootClock.System.Nanoseconds,
            TimeProvider.System.GetUtcNow().UtcTicks, 60_000_000_000));
        var open = gate.MayCollect("keystrokes");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) open &= gate.MayCollect("keystrokes") & gate.Begin("clicks").Keep();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(open);
    }

    [Fact]
    public void The_systems_clock_runs_forward_at_the_pace_of_time()
    {
        var (boot, mono) = (BootClock.System.Nanoseconds, TimeProvider.System.GetTimestamp());
        while (TimeProvider.System.GetElapsedTime(mono) < TimeSpan.FromMilliseconds(50)) Thread.SpinWait(1000);
        var passed = (BootClock.System.Nanoseconds - boot) / 1e6;
        Assert.InRange(passed, 49, 5_000);
    }

    private void Open(string[] categories, long epoch = 1) => _gate.Open(Permit(categories, epoch));

    private Permit Permit(string[] categories, long epoch = 1) =>
        new("token", "jti", epoch, categories, _boot.Nanoseconds, _wall.Now.UtcTicks, 60_000_000_000);

    private void Pass(TimeSpan time)
    {
        _boot.Pass(time);
        _wall.Advance(time);
    }
}

/// <summary>A suspend-proof clock controlled by the test.</summary>
internal sealed class FakeBootClock : BootClock
{
    private long _now = 1_000_000_000_000;

    public override long Nanoseconds => Interlocked.Read(ref _now);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _now, (long)(time.TotalMilliseconds * 1e6));
}
