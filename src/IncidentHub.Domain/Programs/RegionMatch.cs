namespace IncidentHub.Domain.Programs;

/// <summary>
/// Whether a pause of one region reaches a collector in another. In doubt it does: a collector known only as <c>US</c> may stand in
/// <c>US-CA</c>.
/// </summary>
public static class RegionMatch
{
    // Member states as ISO 3166-1 codes, July 2026. A pause of EU stops a collector enrolled as DE, and the other way round.
    private static readonly HashSet<string> Union = new(StringComparer.Ordinal)
    {
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
        "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
    };

    /// <summary>Equal, one part of the other, or not known at all.</summary>
    public static bool Reaches(string paused, string? collector) =>
        collector is null
        || string.Equals(paused, collector, StringComparison.Ordinal)
        || IsPart(paused, collector) || IsPart(collector, paused);

    private static bool IsPart(string part, string whole) =>
        part.StartsWith(whole + "-", StringComparison.Ordinal)
        || (whole == "EU" && Union.Contains(part.Split('-')[0]));
}
