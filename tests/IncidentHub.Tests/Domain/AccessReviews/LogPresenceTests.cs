using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Tests.Domain.AccessReviews;

public class LogPresenceTests
{
    private static readonly DateTimeOffset From = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_row_the_whole_window_is_a_gap() =>
        Assert.Equal([new LogGap(From, From.AddDays(1))], new LogPresence(From, From.AddDays(1), TimeSpan.FromHours(1)).Gaps());

    [Fact]
    public void A_window_no_longer_than_the_stated_length_has_none() =>
        Assert.Empty(new LogPresence(From, From.AddHours(1), TimeSpan.FromHours(1)).Gaps());

    [Fact]
    public void Exactly_the_stated_length_is_no_gap_and_a_tick_more_is_one()
    {
        var hour = TimeSpan.FromHours(1).Ticks;
        Assert.Empty(Gaps(3 * hour, 0, hour, 2 * hour));
        Assert.Equal([new LogGap(From.AddHours(1), From.AddHours(2).AddTicks(1))], Gaps(3 * hour, 0, hour, (2 * hour) + 1));
    }

    [Fact]
    public void The_beginning_and_the_end_of_the_window_count()
    {
        var hour = TimeSpan.FromHours(1).Ticks;
        Assert.Equal([new LogGap(From, From.AddHours(5)), new LogGap(From.AddHours(5), From.AddHours(10))], Gaps(10 * hour, 5 * hour));
    }

    [Fact]
    public void Gaps_are_those_of_the_sorted_rows_whatever_their_order()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var (length, longest) = (random.Next(1, 1_000), random.Next(1, 120));
            var rows = Enumerable.Range(0, random.Next(0, 60)).Select(_ => (long)random.Next(-50, length + 50)).ToArray();
            var presence = new LogPresence(From, From.AddTicks(length), TimeSpan.FromTicks(longest));
            foreach (var row in rows) Assert.Equal(row >= 0 && row <= length, presence.Add(From.Ticks + row));
            long[] sorted = [0, .. rows.Where(r => r >= 0 && r <= length).Order(), length];
            var expected = sorted.Zip(sorted.Skip(1)).Where(p => p.Second - p.First > longest)
                .Select(p => new LogGap(From.AddTicks(p.First), From.AddTicks(p.Second)));
            Assert.Equal(expected, presence.Gaps());
        }
    }

    private static IReadOnlyList<LogGap> Gaps(long length, params long[] rows)
    {
        var presence = new LogPresence(From, From.AddTicks(length), TimeSpan.FromHours(1));
        foreach (var row in rows) presence.Add(From.Ticks + row);
        return presence.Gaps();
    }
}
