using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Tests.Insight.Dashboard;

public class TallyTests
{
    private static readonly DateTimeOffset Thursday = new(2026, 6, 18, 13, 50, 0, TimeSpan.Zero);

    [Fact]
    public void A_duration_read_back_from_its_bucket_is_within_five_percent() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(2, 63_000_000).ToArbitrary(), seconds =>
        {
            var back = Tally.Duration(Tally.Bucket(TimeSpan.FromSeconds(seconds))).TotalSeconds;
            return Math.Abs(back / seconds - 1) <= .0501;
        }));

    [Fact]
    public void A_quantile_is_the_bucket_that_sorting_all_durations_would_give() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 1_000_000).NonEmptyListOf().ToArbitrary(), Gen.Elements(.5, .9, 1.0)
            .ToArbitrary(), (all, share) =>
        {
            var sorted = all.Order().ToList();
            var expected = Tally.Bucket(TimeSpan.FromSeconds(sorted[Math.Max(1, (int)Math.Ceiling(share * sorted.Count)) - 1]));
            var counts = all.GroupBy(s => Tally.Bucket(TimeSpan.FromSeconds(s))).Select(g => (g.Key, (long)g.Count())).ToList();
            return Tally.Quantile(counts, share) == Tally.Duration(expected);
        }));

    [Fact]
    public void Nothing_measured_is_not_applicable_never_zero() => Assert.Null(Tally.Quantile([], .5));

    [Theory]
    [InlineData("2026-06-15T00:00:00Z", "2026-06-15")]
    [InlineData("2026-06-21T23:59:59Z", "2026-06-15")]
    [InlineData("2026-06-22T01:00:00+02:00", "2026-06-15")]
    public void A_week_begins_on_Monday_in_UTC(string at, string monday) =>
        Assert.Equal(monday, Tally.Week(DateTimeOffset.Parse(at, null)));

    [Fact]
    public void Each_cycle_is_measured_and_a_missing_moment_adds_nothing()
    {
        var incident = Sample() with
        {
            Cycles =
            [
                Cycle(1) with { PauseOrdered = Thursday.AddMinutes(1), Contained = Thursday.AddHours(5) },
                Cycle(2) with { Contained = Thursday.AddHours(9) },
            ],
        };
        Assert.Equal(
            [TallyKind.Incidents, TallyKind.Pause, TallyKind.Contain, TallyKind.Contain],
            Tally.Of(incident).Select(p => p.Kind));
    }

    [Fact]
    public void A_merged_incident_is_not_counted() => Assert.Empty(Tally.Of(Sample() with { IsMerged = true }));

    [Fact]
    public void What_is_restricted_is_counted_apart() => Assert.All(Tally.Of(Sample() with { IsRestricted = true }), p =>
        Assert.True(p.Restricted));

    [Fact]
    public void A_part_is_read_as_it_was_written()
    {
        var part = new TallyPart(TallyKind.Resolve, "2026-06-15", true, 117);
        Assert.Equal(part, TallyPart.Parse(part.ToString()));
    }

    private static IncidentMoments Sample() => new(
        Guid.Empty, Thursday, Sev.Major, false, false, ["MCI"], new OnceMoments { Declared = Thursday }, [Cycle(1)]);

    private static Cycle Cycle(int number) => new() { Number = number, PolicyVersion = 1, Reason = "", Opened = Thursday };
}
