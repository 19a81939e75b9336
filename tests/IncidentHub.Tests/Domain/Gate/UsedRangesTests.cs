using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Gate;

namespace IncidentHub.Tests.Domain.Gate;

/// <summary>Merging removes which batch used a number, never that it was used.</summary>
public sealed class UsedRangesTests
{
    private const int Numbers = 60;
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Adjoining_ranges_are_merged_and_gaps_stay() =>
        Assert.Equal([new(0, 19, 2), new(30, 39, 1)], UsedRanges.Merge([Exact(0, 9), Exact(10, 19), Exact(30, 39)]));

    [Fact]
    public void A_row_that_still_answers_for_its_batch_is_not_merged() =>
        Assert.Equal([new(0, 9, 1), new(20, 29, 1)], UsedRanges.Merge([Exact(0, 9), new(10, 19, true, false), Exact(20, 29)]));

    [Fact]
    public void A_merged_range_that_does_not_grow_is_not_written_again()
    {
        Assert.Empty(UsedRanges.Merge([new(0, 9, false, true), new(20, 29, false, true)]));
        Assert.Equal([new(0, 19, 2)], UsedRanges.Merge([new(0, 9, false, true), Exact(10, 19), new(30, 39, false, true)]));
    }

    [Fact]
    public void After_any_interleaving_of_batches_and_merges_the_same_numbers_are_used_as_without_merging() =>
        Check.One(Thorough, Prop.ForAll(Scripts(), script =>
    {
        var (rows, used) = (new SortedDictionary<long, UsedRange>(), new HashSet<long>());
        foreach (var (kind, first, length, stays) in script)
        {
            if (kind == 0)
            {
                Merge(rows);
                continue;
            }
            var last = first + length - 1;
            var isReused = Enumerable.Range(first, length).Any(n => used.Contains(n));
            if (IsReused(rows, first, last) != isReused) return false;
            if (isReused) continue;
            rows[first] = new(first, last, stays, false);
            used.UnionWith(Enumerable.Range(first, length).Select(n => (long)n));
        }
        // Only quarantined rows stay permanently: in the end there is one row per run of numbers.
        foreach (var (first, range) in rows.ToList()) rows[first] = range with { Stays = false };
        Merge(rows);
        return rows.Values.SelectMany(Covered).SequenceEqual(used.Order()) && rows.Count == used.Count(n => !used.Contains(n - 1));
    }));

    // As the gate queries its table: one look-up of the last row that begins before the end.
    private static bool IsReused(SortedDictionary<long, UsedRange> rows, long first, long last) =>
        rows.Values.LastOrDefault(r => r.First <= last) is { } before && before.Last >= first;

    // As the job changes the table: the first of a run is extended, the others are deleted.
    private static void Merge(SortedDictionary<long, UsedRange> rows)
    {
        foreach (var into in UsedRanges.Merge([.. rows.Values]))
        {
            foreach (var inside in rows.Values.Where(r => r.First >= into.First && r.Last <= into.Last).ToList()) rows.Remove(inside.First);
            rows[into.First] = new(into.First, into.Last, false, true);
        }
    }

    private static Arbitrary<(int Kind, int First, int Length, bool Stays)[]> Scripts()
    {
        var steps = from kind in Gen.Choose(0, 5)
                    from first in Gen.Choose(0, Numbers)
                    from length in Gen.Choose(1, 6)
                    from stays in Gen.Choose(0, 3)
                    select (kind, first, length, stays == 0);
        return steps.ArrayOf(60).ToArbitrary();
    }

    private static UsedRange Exact(long first, long last) => new(first, last, false, false);

    private static IEnumerable<long> Covered(UsedRange range)
    {
        for (var n = range.First; n <= range.Last; n++) yield return n;
    }
}
