namespace IncidentHub.Domain.Gate;

/// <summary>Sequence numbers that one collector has used for one program, from the first to the last of them.</summary>
/// <param name="Stays">It still answers for one batch and is not merged.</param>
/// <param name="IsMerged">It represents several batches, or one whose answer is no longer kept.</param>
public sealed record UsedRange(long First, long Last, bool Stays, bool IsMerged);

/// <summary>Replaces adjoining ranges: the first of them, extended over the others.</summary>
public sealed record MergedRange(long First, long Last, int Of);

/// <summary>
/// Which numbers were used is kept permanently; which batch used them, only for a time. Adjoining ranges are merged, so that a collector
/// that counts without gaps ends with one range. Gaps are kept: the numbers in them were never used.
/// </summary>
public static class UsedRanges
{
    /// <summary>The ranges that replace the ones that may be merged. They cover exactly the same numbers.</summary>
    /// <param name="ranges">In order, without overlaps or omissions.</param>
    public static IReadOnlyList<MergedRange> Merge(IReadOnlyList<UsedRange> ranges)
    {
        var (merged, open, isNew) = (new List<MergedRange>(), (MergedRange?)null, false);
        foreach (var range in ranges)
        {
            if (range.Stays || open is null || range.First > open.Last + 1)
            {
                Close();
                open = range.Stays ? null : new(range.First, range.Last, 1);
                isNew = !range.IsMerged;
                continue;
            }
            open = new(open.First, Math.Max(open.Last, range.Last), open.Of + 1);
            isNew = true;
        }
        Close();
        return merged;

        // A merged range that has not grown is not written again.
        void Close()
        {
            if (open is not null && isNew) merged.Add(open);
        }
    }
}
