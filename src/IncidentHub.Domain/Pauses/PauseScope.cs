using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Pauses;

/// <summary>
/// What a pause covers: the whole program, or the named data categories, or the named regions, or where both are named those categories in
/// those regions.
/// </summary>
public sealed record PauseScope
{
    /// <summary>The most categories or regions that one pause may name.</summary>
    public const int MaxNames = 50;

    private const int MaxNameLength = 64;

    /// <summary>Everything that the program collects.</summary>
    public static readonly PauseScope Whole = new([], []);

    private PauseScope(IReadOnlyList<string> categories, IReadOnlyList<string> regions)
    {
        Categories = categories;
        Regions = regions;
    }

    /// <summary>Covered categories, sorted; none means every category.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Covered regions, sorted; none means every region.</summary>
    public IReadOnlyList<string> Regions { get; }

    public bool IsWhole => Categories.Count == 0 && Regions.Count == 0;

    /// <summary>The scope with these names, trimmed, sorted and deduplicated.</summary>
    public static PauseScope Of(IEnumerable<string>? categories, IEnumerable<string>? regions)
    {
        var scope = new PauseScope(Names(categories), Names(regions));
        return scope.IsWhole ? Whole : scope;
    }

    /// <summary>
    /// Whether the pause covers this category for a collector in this region. A collector without a region is affected by every regional
    /// pause.
    /// </summary>
    public bool Covers(string category, string? region) =>
        (Categories.Count == 0 || Categories.Contains(category, StringComparer.Ordinal))
        && (Regions.Count == 0 || Regions.Any(r => RegionMatch.Reaches(r, region)));

    /// <summary>Adds an error for each unknown name: a misspelt name would pause nothing and appear to work.</summary>
    public Validation Check(
        Validation validation, IReadOnlyCollection<string> programCategories, IReadOnlyCollection<string> programRegions)
    {
        Check(validation, "categories", Categories, programCategories, "data category");
        Check(validation, "regions", Regions, programRegions, "region");
        return validation;
    }

    public bool Equals(PauseScope? other) =>
        other is not null && Categories.SequenceEqual(other.Categories) && Regions.SequenceEqual(other.Regions);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in Categories) hash.Add(name);
        hash.Add(0);
        foreach (var name in Regions) hash.Add(name);
        return hash.ToHashCode();
    }

    private static void Check(Validation validation, string field, IReadOnlyList<string> named, IReadOnlyCollection<string> known,
        string what)
    {
        validation.Check(named.Count <= MaxNames, field, $"At most {MaxNames} can be named; leave it empty to cover all.");
        var unknown = named.FirstOrDefault(n => !known.Contains(n, StringComparer.Ordinal));
        if (unknown is null) return;
        var shown = TextRules.Cut(unknown, MaxNameLength);
        validation.Check(
            false, field,
            $"“{shown}” is not a {what} of this program. "
                + $"{(known.Count == 0 ? "It has none: leave this empty." : $"It has: {string.Join(", ", known)}.")}");
    }

    private static IReadOnlyList<string> Names(IEnumerable<string>? names) =>
        [.. (names ?? []).Select(n => n?.Trim() ?? "").Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
}
