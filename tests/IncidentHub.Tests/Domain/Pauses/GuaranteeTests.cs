using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Pauses;

public sealed class GuaranteeTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void The_guaranteed_stop_time_is_the_last_permits_end_plus_the_grace_period_plus_one_second() =>
        Assert.Equal(T0.AddSeconds(63), Guarantee.StopTime(T0, T0.AddSeconds(60), TimeSpan.FromSeconds(2)));

    [Fact]
    public void Without_an_unexpired_permit_the_guaranteed_stop_time_is_the_pause_itself()
    {
        Assert.Equal(T0, Guarantee.StopTime(T0, null, TimeSpan.FromSeconds(2)));
        Assert.Equal(T0, Guarantee.StopTime(T0, T0.AddSeconds(-3), TimeSpan.FromSeconds(2)));
        Assert.Equal(T0.AddSeconds(1), Guarantee.StopTime(T0, T0.AddSeconds(-2), TimeSpan.FromSeconds(2)));
    }

    [Theory]
    [InlineData(40, 0, 40)]
    [InlineData(-3_560, 3_600, 40)]
    [InlineData(-3_560, 5_400, 60)]
    [InlineData(-7_200, 3_600, -3_600)]
    [InlineData(50, 3_600, 60)]
    [InlineData(70, 3_600, 70)]
    public void After_the_clock_was_set_forward_permits_end_later_but_none_later_than_one_issued_now(
        int exp, int setForward, int end) =>
        Assert.Equal(
            T0.AddSeconds(end), Guarantee.LastEnd(T0.AddSeconds(exp), T0, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(setForward)));

    [Fact]
    public void The_bound_is_63_seconds_by_default_and_18_for_high_risk()
    {
        Assert.Equal(63, Guarantee.Bound(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(2)).TotalSeconds);
        Assert.Equal(18, Guarantee.Bound(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(2)).TotalSeconds);
    }

    [Fact]
    public void The_bound_of_a_program_is_that_of_its_settings()
    {
        Assert.Equal(TimeSpan.FromSeconds(63), Guarantee.Bound(SwitchSettings.Default));
        Assert.Equal(TimeSpan.FromSeconds(18), Guarantee.Bound(SwitchSettings.HighRisk));
    }

    [Fact]
    public void No_guaranteed_stop_time_is_further_from_its_pause_than_the_bound() => Check.One(Thorough, Prop.ForAll(
        (from issued in Gen.Choose(-7_200_000, 0)
         from setForward in Gen.Choose(0, 7_200)
         from ttl in Gen.Choose(1, 600)
         from gracePeriod in Gen.Choose(0, 30)
         select (Issued: T0.AddMilliseconds(issued), SetForward: TimeSpan.FromSeconds(setForward), Ttl: TimeSpan.FromSeconds(ttl),
             GracePeriod: TimeSpan.FromSeconds(gracePeriod))).ToArbitrary(),
        x =>
        {
            var end = Guarantee.LastEnd(Guarantee.PermitTimes(x.Issued, x.Ttl).Exp, T0, x.Ttl, x.SetForward);
            return Guarantee.StopTime(T0, end, x.GracePeriod) - T0 <= Guarantee.Bound(x.Ttl, x.GracePeriod);
        }));

    [Fact]
    public void The_bound_is_reached_by_a_permit_issued_at_the_pause_and_grows_with_ttl_and_grace_period() =>
        Check.One(Thorough, Prop.ForAll(
        Gen.Choose(1, 600).Zip(Gen.Choose(0, 30)).ToArbitrary(),
        x =>
        {
            var (ttl, gracePeriod) = (TimeSpan.FromSeconds(x.Item1), TimeSpan.FromSeconds(x.Item2));
            var (_, exp) = Guarantee.PermitTimes(T0, ttl);
            return Guarantee.StopTime(T0, exp, gracePeriod) - T0 == Guarantee.Bound(ttl, gracePeriod)
                && Guarantee.Bound(ttl + TimeSpan.FromSeconds(1), gracePeriod) > Guarantee.Bound(ttl, gracePeriod)
                && Guarantee.Bound(ttl, gracePeriod + TimeSpan.FromSeconds(1)) > Guarantee.Bound(ttl, gracePeriod);
        }));

    [Fact]
    public void No_collector_collects_after_the_guaranteed_stop_time_whenever_it_renewed() => Check.One(Thorough, Prop.ForAll(
        (from asked in Gen.Choose(-120_000, 0)
         from answered in Gen.Choose(0, 5_000)
         from ttl in Gen.Choose(1, 60)
         from gracePeriod in Gen.Choose(0, 5)
         select (Sent: T0.AddMilliseconds(asked - answered), Issued: T0.AddMilliseconds(asked), Ttl: TimeSpan.FromSeconds(ttl),
             GracePeriod: TimeSpan.FromSeconds(gracePeriod))).ToArbitrary(),
        x =>
        {
            var (iat, exp) = Guarantee.PermitTimes(x.Issued, x.Ttl);
            var lastCollected = x.Sent + (exp - iat) + x.GracePeriod;
            return lastCollected <= Guarantee.StopTime(T0, exp, x.GracePeriod) || lastCollected <= T0;
        }));

    [Fact]
    public void Expiry_proves_nothing_beyond_the_time_on_the_monotonic_clock() => Check.One(Thorough, Prop.ForAll(
        Gen.Choose(-4_000, 4_000).Zip(Gen.Choose(0, 200)).ToArbitrary(),
        x =>
        {
            var upTo = Guarantee.AssuredUpTo(T0, T0.AddSeconds(x.Item1), TimeSpan.FromSeconds(x.Item2));
            return upTo <= T0.AddSeconds(x.Item1) && upTo <= T0.AddSeconds(x.Item2);
        }));

    [Fact]
    public void Permit_times_are_whole_seconds_rounded_down()
    {
        var (iat, exp) = Guarantee.PermitTimes(T0.AddMilliseconds(999), TimeSpan.FromSeconds(60));
        Assert.Equal((T0, T0.AddSeconds(60)), (iat, exp));
    }
}
