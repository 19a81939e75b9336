using System.Globalization;

namespace IncidentHub.Ui;

/// <summary>
/// Reads values of a page's query string. Pages take them as text: Blazor throws on a value that it cannot convert, and an address that
/// was mistyped or cut off must not break a page.
/// </summary>
internal static class QueryText
{
    public static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number that is not negative, or null.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>How many lines of a list are shown: at first the fewest, with each «Show more» some more.</summary>
    public static int Lines(string? text, int first, int most) => Math.Clamp(Number(text) ?? first, first, most);

    /// <summary>A time as RFC 3339 writes it, or null.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year >= 1970
            ? time : null;
}
