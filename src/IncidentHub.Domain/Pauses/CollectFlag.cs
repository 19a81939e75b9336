using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Collectors;

namespace IncidentHub.Domain.Pauses;

/// <summary>The reason for a flag's value, in OpenFeature's terms.</summary>
public enum FlagReason
{
    /// <summary>The context does not matter: no pause is active.</summary>
    Static,

    /// <summary>The category, the region or a pause decided.</summary>
    TargetingMatch,

    /// <summary>A staged resume: the device's bucket decided.</summary>
    Split,

    /// <summary>The program is not live.</summary>
    Disabled,
}

/// <summary>
/// Whether a program may collect, as a flag: for readers without permits. True only where everything in the context may be collected now;
/// unknown names are false. Not bounded: a reader may cache the value for any time.
/// </summary>
public static class CollectFlag
{
    /// <param name="category">Null: everything that the program collects.</param>
    /// <param name="region">Null: affected by every regional pause.</param>
    /// <param name="bucket"><see cref="DeviceBucket"/>; the last one without a targeting key.</param>
    public static (bool Value, FlagReason Reason) Evaluate(
        ProgramLifecycle lifecycle,
            IReadOnlyCollection<string> categories, IReadOnlyCollection<string> regions, IReadOnlyCollection<PauseState> pauses,
            string? category, string? region, int bucket)
    {
        if (lifecycle != ProgramLifecycle.Live) return (false, FlagReason.Disabled);
        if (categories.Count == 0 || (category is not null && !categories.Contains(category))) return (false, FlagReason.TargetingMatch);
        if (region is not null && regions.Count > 0 && !regions.Any(r => RegionMatch.Reaches(r, region)))
            return (false, FlagReason.TargetingMatch);
        if (pauses.Count == 0) return (true, FlagReason.Static);
        IReadOnlyCollection<string> asked = category is null ? categories : [category];
        // Evaluated for bucket 0, the first to be released, and for the last one.
        var (mine, first, last) = (Free(bucket), Free(0), Free(DeviceBucket.Last));
        return (mine, first == last ? FlagReason.TargetingMatch : FlagReason.Split);

        bool Free(int of) => !asked.Any(c => pauses.Any(p => p.Covers(c, region, of)));
    }
}
