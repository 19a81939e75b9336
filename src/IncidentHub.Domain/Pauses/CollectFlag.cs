using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Collectors;

namespace IncidentHub.Domain.Pauses;

/// <summary>Why a flag has its value, in OpenFeature's words.</summary>
public enum FlagReason
{
    /// <summary>Nothing in the question matters: no pause stands.</summary>
    Static,

    /// <summary>The category, the region or a pause decided.</summary>
    TargetingMatch,

    /// <summary>A staged resume: the device's bucket decided.</summary>
    Split,

    /// <summary>The program is not live.</summary>
    Disabled,
}

/// <summary>
/// Whether a program may collect, as a flag: for readers that cannot take a permit. True only where everything asked about may be collected
/// now;
/// whatever is not known is false. It binds nobody: a reader keeps the value for as long as it likes.
/// </summary>
public static class CollectFlag
{
    /// <param name="category">Null asks about everything that the program collects.</param>
    /// <param name="region">Null falls under every regional pause.</param>
    /// <param name="bucket"><see cref="DeviceBucket"/>; the last one for a device that is not named.</param>
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
        // As the device of bucket 0 would be judged, the first to be released, and as the last.
        var (mine, first, last) = (Free(bucket), Free(0), Free(DeviceBucket.Last));
        return (mine, first == last ? FlagReason.TargetingMatch : FlagReason.Split);

        bool Free(int of) => !asked.Any(c => pauses.Any(p => p.Covers(c, region, of)));
    }
}
