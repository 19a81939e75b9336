namespace IncidentHub.Domain.Pauses;

/// <summary>What may be collected now: whatever no pause covers.</summary>
public static class Allowance
{
    /// <summary>The categories that a device in this region may collect, in the order given.</summary>
    /// <param name="region">Null for a collector without a region: every regional pause covers it.</param>
    /// <param name="bucket">The device's stable hash, 0 to 9,999, for staged resumes; the default is released last.</param>
    public static IReadOnlyList<string> Categories(IEnumerable<string> categories, string? region, IEnumerable<PauseState> pauses,
        int bucket = 9_999)
    {
        var standing = pauses.Where(p => p.Status == PauseStatus.Active).ToList();
        return [.. categories.Where(c => !standing.Any(p => p.Covers(c, region, bucket)))];
    }

    /// <summary>The pauses that cover any of these categories for a device in this region.</summary>
    public static IReadOnlyList<PauseState> Covering(IReadOnlyCollection<string> categories, string? region, IEnumerable<PauseState> pauses,
        int bucket = 9_999) =>
        [.. pauses.Where(p => categories.Any(c => p.Covers(c, region, bucket)))];

    /// <summary>
    /// Allowed categories by region of the program. A program that names no region is judged as one without a region (the empty key).
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Allowed(
        IReadOnlyCollection<string> categories, IReadOnlyCollection<string> regions, IReadOnlyCollection<PauseState> pauses,
            int bucket = 9_999) =>
        regions.Count == 0
            ? new Dictionary<string, IReadOnlyList<string>> { [""] = Categories(categories, null, pauses, bucket) }
            : regions.ToDictionary(r => r, r => Categories(categories, r, pauses, bucket));
}
