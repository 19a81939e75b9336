using System.Text;

namespace IncidentHub.Domain.Programs;

/// <summary>
/// Data categories as keys (<c>screen-snapshots</c>): permits, pauses and the severity advice compare them, so they are normalised here.
/// </summary>
public static class DataCategories
{
    /// <summary>The maximum length of a key.</summary>
    public const int MaxLength = 40;

    /// <summary>Suggested by forms. Others are allowed.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "keystrokes", "mouse-movements", "clicks", "screen-snapshots", "window-titles", "browsing-history", "audio", "video", "location",
        "private-communications", "performance-data", "transcriptions", "prompts", "contact-data", "credentials",
            "financial-data", "health-data",
    ];

    /// <summary>The keys of typed names, each once. A name without a usable character has an empty key, which the rules refuse.</summary>
    public static IReadOnlyList<string> Keys(IEnumerable<string?> names) =>
        [.. names.Select(n => Key(n ?? "")).Distinct()];

    /// <summary>«Screen snapshots» → <c>screen-snapshots</c>; empty where no character of the text is usable.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in SearchText.Fold(text))
        {
            if (char.IsAsciiLetterOrDigit(c)) key.Append(c);
            else if (key.Length > 0 && key[^1] != '-') key.Append('-');
        }
        return key.ToString().TrimEnd('-');
    }

    /// <summary><c>screen-snapshots</c> → «Screen snapshots».</summary>
    public static string Label(string key) =>
        key.Length == 0 ? key : char.ToUpperInvariant(key[0]) + key[1..].Replace('-', ' ');
}

/// <summary>
/// Regions as upper-case codes: a country of ISO 3166-1 (<c>US</c>), a subdivision of 3166-2 (<c>US-CA</c>), or a bloc (<c>EU</c>).
/// </summary>
public static class Regions
{
    /// <summary>Code and name of the regions that forms suggest.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["US"] = "United States",
        ["CA"] = "Canada",
        ["BR"] = "Brazil",
        ["EU"] = "European Union",
        ["GB"] = "United Kingdom",
        ["IE"] = "Ireland",
        ["DE"] = "Germany",
        ["FR"] = "France",
        ["NL"] = "Netherlands",
        ["ES"] = "Spain",
        ["IT"] = "Italy",
        ["PL"] = "Poland",
        ["SE"] = "Sweden",
        ["CH"] = "Switzerland",
        ["IN"] = "India",
        ["SG"] = "Singapore",
        ["JP"] = "Japan",
        ["AU"] = "Australia",
    };

    /// <summary>«us » or «United States» → <c>US</c>; unknown text is only trimmed and upper-cased.</summary>
    public static string Key(string text)
    {
        var trimmed = text.Clean();
        foreach (var (code, name) in Known)
        {
            if (string.Equals(name, trimmed, StringComparison.OrdinalIgnoreCase)) return code;
        }
        return trimmed.ToUpperInvariant();
    }

    /// <summary>Two letters, optionally followed by a dash and one to three letters or digits.</summary>
    public static bool IsValid(string key) =>
        key.Length >= 2 && key[..2].All(char.IsAsciiLetterUpper)
        && (key.Length == 2 || (key.Length is >= 4 and <= 6 && key[2] == '-' && key[3..].All(c =>
            char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))));

    /// <summary>The name of a known region, otherwise the code.</summary>
    public static string Label(string key) => Known.GetValueOrDefault(key, key);
}
