using System.Globalization;

namespace IncidentHub.Platform.Database;

/// <summary>Dates without a time are stored as <c>yyyy-MM-dd</c> on both engines.</summary>
internal static class DateText
{
    private const string Format = "yyyy-MM-dd";

    public static DateOnly? Read(string? text) => text is null ? null : DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    public static string? Write(DateOnly? date) => date?.ToString(Format, CultureInfo.InvariantCulture);
}
