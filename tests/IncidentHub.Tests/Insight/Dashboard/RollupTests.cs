using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Tests.Insight.Dashboard;

public class RollupTests
{
    private static readonly DateTimeOffset Thursday = new(2026, 6, 18, 13, 50, 0, TimeSpan.Zero);

    [Fact]
    public void A_duration_read_back_from_its_bucket_is_within_five_percent() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(2, 63_000_000).ToArbitrary(), seconds =>
        {
            var back = Rollup.Duration(Rollup.Bucket(TimeSpan.FromSeconds(seconds))).TotalSeconds;
            return Math.Abs(back / seconds - 1) <= .0501;
        }));

    [Fact]
    public void A_quantile_is_in_the_bucket_of_the_exact_quantile() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 1_000_000).NonEmptyListOf().ToArbitrary(), Gen.Elements(.5, .9, 1.0)
            .ToArbitrary(), (all, share) =>
        {
            var sorted = all.Order().ToList();
            var expected = Rollup.Bucket(TimeSpan.FromSeconds(sorted[Math.Max(1, (int)Math.Ceiling(share * sorted.Count)) - 1]));
            var counts = all.GroupBy(s => Rollup.Bucket(TimeSpan.FromSeconds(s))).Select(g => (g.Key, (long)g.Count())).ToList();
            return Rollup.Quantile(counts, share) == Rollup.Duration(expected);
        }));

    [Fact]
    public void Nothing_measured_is_not_applicable_never_zero() => Assert.Null(Rollup.Quantile([], .5));

    [Theory]
    [InlineData("2026-06-15T00:00:00Z", "2026-06-15")]
    [InlineData("2026-06-21T23:59:59Z", "2026-06-15")]
    [InlineData("2026-06-22T01:00:00+02:00", "2026-06-15")]
    public void A_week_begins_on_Monday_in_UTC(string at, string monday) =>
        Assert.Equal(monday, Rollup.Week(DateTimeOffset.Parse(at, null)));

    [Fact]
    public void Each_cycle_is_measured_and_a_missing_timestamp_adds_nothing()
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
            [RollupKind.Incidents, RollupKind.Pause, RollupKind.Contain, RollupKind.Contain],
            Rollup.Of(incident).Select(p => p.Kind));
    }

    [Fact]
    public void A_merged_incident_is_not_counted() => Assert.Empty(Rollup.Of(Sample() with { IsMerged = true }));

    [Fact]
    public void Restricted_incidents_are_counted_separately() => Assert.All(Rollup.Of(Sample() with { IsRestricted = true }), p =>
        Assert.True(p.Restricted));

    [Fact]
    public void A_part_survives_a_round_trip_through_text()
    {
        var part = new RollupPart(RollupKind.Resolve, "2026-06-15", true, 117);
        Assert.Equal(part, RollupPart.Parse(part.ToString()));
    }

    private static MeasuredIncident Sample() => new(
        Guid.Empty, Thursday, Sev.Major, false, false, ["MCI"], new IncidentTimestamps { Declared = Thursday }, [Cycle(1)]);

    private static Cycle Cycle(int number) => new() { Number = number, PolicyVersion = 1, Reason = "", Opened = Thursday };
}
