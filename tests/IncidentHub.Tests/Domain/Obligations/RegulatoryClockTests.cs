using IncidentHub.Domain.Obligations;

namespace IncidentHub.Tests.Domain.Obligations;

/// <summary>Every clock at its edges.</summary>
public class RegulatoryClockTests
{
    private const string NewYork = "America/New_York";

    // Of 2026 and January 2027, as the hub ships them.
    private static readonly HashSet<DateOnly> Holidays =
    [
        new(2026, 1, 1), new(2026, 1, 19), new(2026, 2, 16), new(2026, 5, 25), new(2026, 6, 19), new(2026, 7, 3), new(2026, 9, 7),
        new(2026, 10, 12), new(2026, 11, 11), new(2026, 11, 26), new(2026, 12, 25), new(2027, 1, 1), new(2027, 1, 18),
    ];

    [Theory]
    [InlineData("2026-03-28T23:30Z", "2026-03-31T23:30Z")] // clocks of Europe are set forward
    [InlineData("2026-10-24T23:30Z", "2026-10-27T23:30Z")] // and back
    [InlineData("2028-02-28T08:00Z", "2028-03-02T08:00Z")] // a leap day counts
    [InlineData("2026-12-30T08:00Z", "2027-01-02T08:00Z")] // holidays and weekends, too
    public void Seventy_two_hours_are_elapsed_time(string trigger, string due) =>
        Assert.Equal(At(due), Due("72 h", trigger, "Europe/Dublin"));

    [Theory]
    [InlineData("2026-01-20T15:00Z", "60 d", "2026-03-21T14:00Z")] // 10:00 in winter, 10:00 in summer
    [InlineData("2026-10-01T14:00Z", "60 d", "2026-11-30T15:00Z")] // and back
    [InlineData("2028-01-30T15:00Z", "30 d", "2028-02-29T15:00Z")] // onto a leap day
    [InlineData("2026-02-06T07:30Z", "30 d", "2026-03-08T07:00Z")] // 02:30 is skipped that night: the moment of the change
    [InlineData("2026-10-02T05:30Z", "30 d", "2026-11-01T05:30Z")] // 01:30 occurs twice: the earlier
    [InlineData("2026-12-02T04:59Z", "30 d", "2027-01-01T04:59Z")] // the day is that of New York, not of UTC
    public void Days_are_counted_on_the_calendar_of_the_zone(string trigger, string term, string due) =>
        Assert.Equal(At(due), Due(term, trigger, NewYork));

    [Theory]
    [InlineData("2027-01-31T10:00Z", "2027-02-28T10:00Z")]
    [InlineData("2028-01-31T10:00Z", "2028-02-29T10:00Z")]
    [InlineData("2028-01-30T10:00Z", "2028-02-29T10:00Z")]
    [InlineData("2026-03-31T10:00Z", "2026-04-30T10:00Z")]
    [InlineData("2026-02-28T10:00Z", "2026-03-28T10:00Z")]
    [InlineData("2026-12-15T10:00Z", "2027-01-15T10:00Z")]
    public void A_month_ends_on_the_same_day_or_on_the_last_of_a_shorter_one(string trigger, string due) =>
        Assert.Equal(At(due), Due("1 mo", trigger, "UTC"));

    [Theory]
    [InlineData("2026-03-02T15:00Z", "2026-03-06T22:30Z")] // Monday → Friday, 17:30 in winter
    [InlineData("2026-03-04T15:00Z", "2026-03-10T21:30Z")] // across the change of clocks: 17:30 in summer
    [InlineData("2026-03-07T15:00Z", "2026-03-12T21:30Z")] // Saturday: the first business day after counts
    [InlineData("2026-07-01T15:00Z", "2026-07-08T21:30Z")] // Independence Day is observed on the Friday before
    [InlineData("2026-12-23T15:00Z", "2026-12-30T22:30Z")] // Christmas
    [InlineData("2026-12-29T15:00Z", "2027-01-05T22:30Z")] // New Year's Day of the next year
    [InlineData("2026-11-25T04:30Z", "2026-12-01T22:30Z")] // still Tuesday in New York; Thanksgiving lies between
    public void Business_days_leave_out_weekends_and_holidays_and_end_with_the_day(string trigger, string due) =>
        Assert.Equal(At(due), Due("4 bd", trigger, NewYork, new TimeOnly(17, 30)));

    [Theory]
    [InlineData("2026-05-04T10:00Z", "2026-05-04T08:00Z", "2026-05-04T14:00Z")] // 4 h from classification
    [InlineData("2026-05-05T07:00Z", "2026-05-04T08:00Z", "2026-05-05T08:00Z")] // but at most 24 h from awareness
    [InlineData("2026-05-05T08:00Z", "2026-05-04T08:00Z", "2026-05-05T08:00Z")] // at the very end of it
    [InlineData("2026-05-05T08:01Z", "2026-05-04T08:00Z", "2026-05-05T12:01Z")] // classified later: 4 h
    [InlineData("2026-05-05T07:00Z", null, "2026-05-05T11:00Z")] // awareness not known
    public void A_latest_time_from_awareness_counts_where_the_trigger_came_within_it(string trigger, string? aware, string due)
    {
        var regime = Make("4 h", "UTC", null, "24 h");
        Assert.Equal(At(due), RegulatoryClock.DueAt(regime, regime.Duties[0], At(trigger), aware is null ? null : At(aware), Holidays));
    }

    [Fact]
    public void Without_a_number_there_is_no_due_time()
    {
        var regime = Make(null, "UTC", null, null);
        Assert.Null(RegulatoryClock.DueAt(regime, regime.Duties[0], At("2026-05-05T07:00Z"), null, Holidays));
    }

    [Fact]
    public void A_later_trigger_is_never_due_earlier()
    {
        var (start, random) = (At("2026-01-01T00:00Z"), new Random(20261128));
        foreach (var term in (string[])["72 h", "30 d", "4 bd", "1 mo"])
        {
            var triggers = Enumerable.Range(0, 2000).Select(_ => start.AddMinutes(random.Next(360 * 24 * 60))).Order().ToList();
            var dues = triggers.Select(t => Due(term, t.ToString("o"), NewYork, new TimeOnly(17, 30))).ToList();
            // Of the last days of a long month, all end on the last day of a shorter one, each at its own time of day.
            var order = dues.Select(d => term == "1 mo" ? new(LocalDay.Of(d, NewYork).ToDateTime(default), TimeSpan.Zero) : d).ToList();
            Assert.Equal(order.Order(), order);
            Assert.All(triggers.Zip(dues), pair => Assert.True(pair.Second > pair.First, $"{term}: {pair}"));
            if (term == "4 bd")
            {
                Assert.All(dues.Select(d => LocalDay.Of(d, NewYork)), day => Assert.False(
                    day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || Holidays.Contains(day), $"{day} is no business day."));
            }
        }
    }

    [Theory]
    [InlineData("2025-12-31T23:59-08:00", 1)]
    [InlineData("2026-01-01T00:00-08:00", 2)]
    [InlineData("2026-06-01T00:00Z", 2)]
    [InlineData("2027-01-01T08:00Z", 4)] // of two from the same day the newer
    public void The_version_in_force_on_the_day_of_the_trigger_counts(string at, int version)
    {
        Regime Version(int number, DateOnly from) =>
            Make("30 d", "America/Los_Angeles", null, null) with { Version = number, EffectiveFrom = from };
        Regime[] versions =
            [Version(1, new(2003, 7, 1)), Version(2, new(2026, 1, 1)), Version(3, new(2027, 1, 1)), Version(4, new(2027, 1, 1))];
        Assert.Equal(version, Regime.InForce(versions, At(at))!.Version);
        Assert.Null(Regime.InForce(versions, At("2003-06-30T12:00Z")));
    }

    [Theory]
    [InlineData("72 h"), InlineData("60 d"), InlineData("4 bd"), InlineData("1 mo"), InlineData("999 h")]
    public void A_term_is_read_as_it_is_written(string text)
    {
        Assert.True(ClockTerm.TryParse(text, out var term));
        Assert.Equal(text, term.ToString());
    }

    [Theory]
    [InlineData(""), InlineData("72"), InlineData("h 72"), InlineData("0 h"), InlineData("-1 h"), InlineData("1000 h"), InlineData("1.5 h")]
    public void What_is_no_term_is_refused(string text) => Assert.False(ClockTerm.TryParse(text, out _));

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    private static DateTimeOffset Due(string term, string trigger, string zone, TimeOnly? ends = null)
    {
        var regime = Make(term, zone, ends, null);
        return RegulatoryClock.DueAt(regime, regime.Duties[0], At(trigger), null, Holidays)!.Value;
    }

    private static Regime Make(string? term, string zone, TimeOnly? ends, string? most) => new()
    {
        Code = "TEST",
        Version = 1,
        Name = "A regime",
        EffectiveFrom = new(2000, 1, 1),
        TimeZone = zone,
        DayEnds = ends,
        Calendar = "US-FEDERAL",
        Source = "A source",
        CheckedOn = new(2026, 1, 1),
        Duties =
        [
            new()
            {
                Key = "duty",
                Name = "A duty",
                Trigger = TriggerFact.Discovery,
                Due = ClockTerm.TryParse(term, out var due) ? due : null,
                AtMostFromAwareness = ClockTerm.TryParse(most, out var latest) ? latest : null,
                Says = "Something.",
            },
        ],
    };
}
