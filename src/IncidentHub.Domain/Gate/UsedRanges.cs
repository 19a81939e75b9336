namespace IncidentHub.Domain.Gate;

/// <summary>Sequence numbers that one collector has used for one program, from the first to the last of them.</summary>
/// <param name="Stays">It answers for one batch still: it is left as it is.</param>
/// <param name="IsMerged">It stands for several batches, or for one that nobody is answered about any more.</param>
public sealed record UsedRange(long First, long Last, bool Stays, bool IsMerged);

/// <summary>What is written in place of so many ranges that adjoin: the first of them, grown over the others.</summary>
public sealed record MergedRange(long First, long Last, int Of);

/// <summary>
/// Which numbers were used is known for ever; which batch used them, only for a time. Ranges that adjoin become one, so that a collector
/// which counts without gaps ends with one range. Gaps are kept: the numbers in them were never used.
/// </summary>
public static class UsedRanges
{
    /// <summary>
    /// The ranges to be written in place of those that may be merged. What they cover is what was covered before, number for number.
    /// </summary>
    /// <param name="ranges">In their order, none overlapping another, none left out in between.</param>
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

        // One that was merged before and has grown by nothing need not be written again.
        void Close()
        {
            if (open is not null && isNew) merged.Add(open);
        }
    }
}
