using System.Data.SqlTypes;
using IncidentHub.Domain;

namespace IncidentHub.Tests.Domain.Shared;

public class OrderedIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 18, 13, 50, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Ids_of_one_instant_sort_as_they_were_made_on_both_engines()
    {
        var made = Enumerable.Range(0, 5_000).Select(_ => OrderedId.Next(Now)).ToList();
        Assert.Equal(made, made.OrderBy(i => i.ToString(), StringComparer.Ordinal));
        Assert.Equal(made, made.OrderBy(i => new SqlGuid(i)));
    }

    [Fact]
    public void An_earlier_time_sorts_first_whenever_it_is_made()
    {
        var later = OrderedId.Next(Now);
        var earlier = OrderedId.Next(Now.AddMilliseconds(-1));
        Assert.True(string.CompareOrdinal(earlier.ToString(), later.ToString()) < 0);
    }

    [Fact]
    public void Later_ids_sort_later_on_SQL_Server_whatever_the_counter_says()
    {
        var later = OrderedId.Next(Now.AddMinutes(20));
        var earlier = OrderedId.Next(Now);
        Assert.True((new SqlGuid(earlier) < new SqlGuid(later)).IsTrue);
    }

    [Fact]
    public void It_is_a_version_7_id_that_holds_its_time()
    {
        var id = OrderedId.Next(Now);
        Assert.Equal((7, 8), (id.Version, id.Variant & 0xC));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public void Concurrent_threads_make_no_id_twice()
    {
        var made = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .SelectMany(_ => Enumerable.Range(0, 2_000).Select(_ => OrderedId.Next(Now)).ToList()).ToList();
        Assert.Equal(16_000, made.Distinct().Count());
    }
}
