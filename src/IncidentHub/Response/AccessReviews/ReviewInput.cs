using System.Globalization;
using System.Text;
using CsvHelper;
using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Response.AccessReviews;

/// <summary>Reads what people enter for a review.</summary>
internal static class ReviewInput
{
    public static Result<LogMapping> Mapping(LogPreset? preset, MappingBody? stated, LogFormat? format, string? zone)
    {
        var known = LogMapping.Of(preset ?? LogPreset.Custom, format, TextNormaliser.OrNull(zone));
        if (known is null && stated is null) return Refusal.Invalid("preset", "Choose a preset, or state the mapping.");
        var mapping = stated is null ? known! : new LogMapping(format ?? known?.Format ?? LogFormat.Csv, stated.Time?.Clean() ?? "",
            stated.Account?.Clean() ?? "", stated.Object?.Clean() ?? "", stated.Action?.Clean() ?? "", stated.Times ?? LogTimes.Text,
            TextNormaliser.OrNull(zone));
        return mapping.Check(new Validation()).ToRefusal() is { } refused ? refused : mapping;
    }

    public static IReadOnlyList<string> Lines(IEnumerable<string>? stated) =>
        [.. (stated ?? []).Select(s => s?.Clean() ?? "").Where(s => s.Length > 0).Distinct()];
}

/// <summary>
/// The promised audience as text: an account a line, or a table whose further columns are the first and the last day of membership, or
/// times with their offset.
/// </summary>
internal static class AudienceText
{
    /// <param name="zone">Of the days; null: UTC.</param>
    public static Result<IReadOnlyList<AudienceMember>> Read(string? text, string? zone)
    {
        if (string.IsNullOrWhiteSpace(text)) return Refusal.Invalid("audience", "List the promised audience, an account a line.");
        var members = new List<AudienceMember>();
        var days = zone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone);
        using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(text), new CsvReaderOptions { HasHeader = false, TrackLineNumbers = true });
        try
        {
            while (csv.Read())
            {
                var account = csv.GetString(0).Clean();
                if (account.Length == 0 || (members.Count == 0 && csv.LineNumber == 1 && IsHeader(account))) continue;
                if (TextRules.Fault(account, AudienceList.MaxAccount, oneLine: true) is not null)
                    return Refused(csv.LineNumber, "this is no account.");
                if (!TryTime(Cell(csv, 1), days, end: false, out var from))
                    return Refused(csv.LineNumber, "the start is a day such as 2026-11-20.");
                if (!TryTime(Cell(csv, 2), days, end: true, out var until))
                    return Refused(csv.LineNumber, "the end is a day such as 2026-11-20.");
                if (from >= until) return Refused(csv.LineNumber, "the end is before the start.");
                members.Add(new(account, from, until));
                if (members.Count > AudienceList.MaxMembers)
                    return Refusal.Invalid("audience", $"At most {AudienceList.MaxMembers:N0} accounts.");
            }
        }
        catch (CsvFormatException e)
        {
            return Refusal.Invalid("audience", $"The list cannot be read: {e.Message}");
        }
        return members.Count == 0 ? Refusal.Invalid("audience", "List the promised audience, an account a line.") : members;
    }

    private static Refusal Refused(long line, string why) => Refusal.Invalid("audience", $"Line {line:N0}: {why}");

    private static bool IsHeader(string first) => first.ToLowerInvariant() is "account" or "user" or "email" or "member";

    private static string Cell(CsvReader csv, int column) => csv.FieldCount > column ? csv.GetString(column).Trim() : "";

    // The last day is a day of membership.
    private static bool TryTime(string text, TimeZoneInfo zone, bool end, out DateTimeOffset? time)
    {
        time = null;
        if (text.Length == 0) return true;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is > 1 and < 9998)
        {
            var at = day.AddDays(end ? 1 : 0).ToDateTime(TimeOnly.MinValue);
            time = new DateTimeOffset(at, zone.GetUtcOffset(at)).ToUniversalTime();
            return true;
        }
        if (!Platform.Http.Rfc3339.IsTime(text)) return false;
        time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();
        return true;
    }
}
