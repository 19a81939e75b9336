using System.Globalization;
using System.Text;
using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Tests.Domain.AccessReviews;

public class LogTimeTests
{
    [Theory]
    [InlineData("2026-11-14T19:16:30Z", "2026-11-14T19:16:30Z")]
    [InlineData("2026-11-14t19:16:30.5z", "2026-11-14T19:16:30.5Z")]
    [InlineData(" 2026-11-14 19:16:30.123456789 UTC ", "2026-11-14T19:16:30.1234567Z")]
    [InlineData("2026-11-14T19:16:30+01:00", "2026-11-14T18:16:30Z")]
    [InlineData("2026-11-14 19:16:30.123 -0800", "2026-11-15T03:16:30.123Z")]
    [InlineData("2026-11-14 19:16:30+02", "2026-11-14T17:16:30Z")]
    [InlineData("2026-12-31T23:59:60Z", "2026-12-31T23:59:59Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-12-01T12:00:00,250", "2026-12-01T11:00:00.25Z")]
    [InlineData("2026-03-29T01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("2026-03-29T03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T01:59:59", "2026-10-24T23:59:59Z")]
    [InlineData("2026-10-25T03:00:00", "2026-10-25T02:00:00Z")]
    [InlineData("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z")]
    public void Times_are_read_with_their_own_offset_or_in_the_stated_zone(string text, string utc)
    {
        var reader = Berlin();
        Assert.Equal(RefusedReason.None, reader.TryRead(Encoding.UTF8.GetBytes(text), out var ticks));
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("", RefusedReason.NoTime)]
    [InlineData("  ", RefusedReason.NoTime)]
    [InlineData("yesterday", RefusedReason.UnreadableTime)]
    [InlineData("14.11.2026 19:16:30", RefusedReason.UnreadableTime)]
    [InlineData("2026-11-14", RefusedReason.UnreadableTime)]
    [InlineData("2026-02-29T00:00:00Z", RefusedReason.UnreadableTime)]
    [InlineData("2026-13-01T00:00:00Z", RefusedReason.UnreadableTime)]
    [InlineData("2026-11-14T24:00:00Z", RefusedReason.UnreadableTime)]
    [InlineData("2026-11-14T19:60:00Z", RefusedReason.UnreadableTime)]
    [InlineData("2026-11-14T19:16:61Z", RefusedReason.UnreadableTime)]
    [InlineData("2026-11-14T19:16:30 CET", RefusedReason.UnreadableTime)]
    [InlineData("2026-11-14T19:16:30+25:00", RefusedReason.UnreadableTime)]
    // The hour that is left out, and the one that comes twice.
    [InlineData("2026-03-29T02:30:00", RefusedReason.UnreadableTime)]
    [InlineData("2026-10-25T02:30:00", RefusedReason.AmbiguousTime)]
    public void What_is_no_time_or_could_be_two_is_refused(string text, RefusedReason reason) =>
        Assert.Equal(reason, Berlin().TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Without_a_stated_zone_a_time_needs_its_offset()
    {
        var reader = new LogTime(LogTimes.Text, null);
        Assert.Equal(RefusedReason.NoOffset, reader.TryRead("2026-11-14T19:16:30"u8, out _));
        Assert.Equal(RefusedReason.None, reader.TryRead("2026-11-14T19:16:30Z"u8, out _));
        Assert.Equal(RefusedReason.NoOffset, reader.TryRead("2026-11-14T19:16:30"u8, out _));
    }

    [Theory]
    [InlineData(LogTimes.UnixSeconds, "1700000000", "2023-11-14T22:13:20Z")]
    [InlineData(LogTimes.UnixSeconds, "1700000000.25", "2023-11-14T22:13:20.25Z")]
    [InlineData(LogTimes.UnixMilliseconds, "1700000000250", "2023-11-14T22:13:20.25Z")]
    public void Unix_times_have_the_stated_unit(LogTimes times, string text, string utc)
    {
        Assert.Equal(RefusedReason.None, new LogTime(times, null).TryRead(Encoding.UTF8.GetBytes(text), out var ticks));
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), new DateTimeOffset(ticks, TimeSpan.Zero));
        Assert.Equal(RefusedReason.UnreadableTime, new LogTime(times, null).TryRead("2026-11-14T19:16:30Z"u8, out _));
        Assert.Equal(RefusedReason.UnreadableTime, new LogTime(times, null).TryRead("99999999999999999999"u8, out _));
    }

    [Fact]
    public void A_time_is_read_the_same_whatever_was_read_before()
    {
        var (random, one) = (new Random(1), Berlin());
        for (var i = 0; i < 20_000; i++)
        {
            var local = new DateTime(2026, 10, 24).AddSeconds(random.Next(200_000));
            var text = Encoding.UTF8.GetBytes(local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            if (random.Next(5) == 0) text[random.Next(text.Length)] = (byte)'x';
            Assert.Equal(Berlin().TryRead(text, out var alone), one.TryRead(text, out var after));
            if (alone != 0) Assert.Equal(alone, after);
        }
    }

    private static LogTime Berlin() => new(LogTimes.Text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
}
