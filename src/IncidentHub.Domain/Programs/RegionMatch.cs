namespace IncidentHub.Domain.Programs;

/// <summary>
/// Whether a pause of one region affects a collector in another. In doubt it does: a collector with the region <c>US</c> may be in
/// <c>US-CA</c>.
/// </summary>
public static class RegionMatch
{
    // Member states as ISO 3166-1 codes, July 2026. A pause of EU stops a collector enrolled as DE, and vice versa.
    private static readonly HashSet<string> Union = new(StringComparer.Ordinal)
    {
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
        "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
    };

    /// <summary>Equal, one part of the other, or unknown.</summary>
    public static bool Reaches(string paused, string? collector) =>
        collector is null
        || string.Equals(paused, collector, StringComparison.Ordinal)
        || IsPart(paused, collector) || IsPart(collector, paused);

    private static bool IsPart(string part, string whole) =>
        part.StartsWith(whole + "-", StringComparison.Ordinal)
        || (whole == "EU" && Union.Contains(part.Split('-')[0]));
}
