using IncidentHub.Tests.Support;
using IncidentHub.Ui;

namespace IncidentHub.Tests.Ui;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 3, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(41, "41 s", "41 s")]
    [InlineData(119.5, "1 min", "120 s")]
    [InlineData(720, "12 min", "12 min")]
    [InlineData(11_100, "3 h 5 min", "3.1 h")]
    [InlineData(187_200, "2 d 4 h", "2.2 d")]
    [InlineData(2_678_400, "31 d", "31 d")]
    public void A_duration_has_up_to_two_units_and_a_measure_has_one(double seconds, string span, string measure)
    {
        var duration = TimeSpan.FromSeconds(seconds);
        Assert.Equal((span, measure), (Times.Span(duration).Plain(), Times.Measure(duration).Plain()));
    }

    [Fact]
    public void A_line_never_ends_between_a_number_and_its_unit()
    {
        double[] lengths = [41, 119.5, 720, 11_100, 187_200, 2_678_400];
        foreach (var length in lengths.Select(TimeSpan.FromSeconds))
        {
            string[] texts = [Times.Span(length), Times.Measure(length), Times.Seconds(length), Times.Relative(Now - length, Now),
                Times.Due(Now - length, Now), Times.Countdown(Now + length, Now)];
            Assert.All(texts, t => Assert.DoesNotMatch("[0-9] [a-z]", t.Replace("ago", "", StringComparison.Ordinal).TrimEnd()));
        }
        Assert.All([12_400L, 3_200_000, 2_900_000_000], n => Assert.DoesNotMatch("[0-9] [A-Za-z]", Times.Count(n)));
    }
}
