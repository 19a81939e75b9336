using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Domain.Severity;

public class TermTests
{
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("5 min", "2026-06-03T09:00", "2026-06-03T09:05")]
    [InlineData("4 h", "2026-06-03T22:00", "2026-06-04T02:00")]
    [InlineData("7 d", "2026-06-03T09:00", "2026-06-10T09:00")]
    [InlineData("1 bd", "2026-06-03T09:00", "2026-06-04T09:00")]
    [InlineData("1 bd", "2026-06-05T09:00", "2026-06-08T09:00")] // Friday → Monday
    [InlineData("1 bd", "2026-06-06T15:30", "2026-06-09T00:00")] // Saturday counts from Monday, midnight
    [InlineData("5 bd", "2026-06-03T09:00", "2026-06-10T09:00")]
    public void A_limit_ends_by_its_unit(string term, string from, string due)
    {
        Assert.True(Term.TryParse(term, out var parsed));
        Assert.Equal(At(due), parsed.After(At(from)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("min 5")]
    [InlineData("0 min")]
    [InlineData("-1 h")]
    [InlineData("1.5 h")]
    [InlineData("1000 d")]
    [InlineData("5 weeks")]
    [InlineData("5 min 3 h")]
    public void Text_that_is_no_limit_is_rejected(string? text) => Assert.False(Term.TryParse(text, out _));

    [Fact]
    public void Every_limit_reads_back_as_it_was_written()
    {
        foreach (var unit in Enum.GetValues<TermUnit>())
        {
            for (var count = 1; count <= Term.MaxCount; count++)
            {
                Assert.True(Term.TryParse(new Term(count, unit).ToString(), out var back));
                Assert.Equal(new Term(count, unit), back);
            }
        }
    }

    [Fact]
    public void A_business_limit_never_ends_at_a_weekend_and_more_days_never_end_earlier()
    {
        for (var hour = 0; hour < 24 * 14; hour += 5)
        {
            var start = At("2026-06-01T00:00").AddHours(hour);
            var last = start;
            for (var days = 1; days <= 12; days++)
            {
                var due = BusinessCalendar.Add(start, days);
                Assert.True(BusinessCalendar.IsBusinessDay(due));
                Assert.True(due > last);
                last = due;
            }
        }
    }
}
