using System.Globalization;

namespace IncidentHub.Ui;

/// <summary>
/// The formats of times and durations. The browser updates relative ones by the same rules (wwwroot/hub.js). A number and its unit are
/// joined by a no-break space, so that a line never ends between them.
/// </summary>
public static class Times
{
    /// <summary>A number with its unit.</summary>
    public static string Quantity(string number, string unit) => $"{number}\u00A0{unit}";

    /// <summary>Whole seconds, for bounds: «63 s».</summary>
    public static string Seconds(TimeSpan span) => Quantity(span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), "s");

    private static string Quantity(double number, string unit) => Quantity(number.ToString("0.#", CultureInfo.InvariantCulture), unit);

    /// <summary>An age with up to two units: «41 s», «12 min», «3 h 5 min», «2 d 4 h», «31 d».</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.Zero) span = span.Negate();
        var (s, m, h, d) = ((long)span.TotalSeconds, (long)span.TotalMinutes, (long)span.TotalHours, (long)span.TotalDays);
        return m == 0 ? Quantity(s, "s")
            : h == 0 ? Quantity(m, "min")
            : d == 0 ? (m % 60 == 0 ? Quantity(h, "h") : $"{Quantity(h, "h")} {Quantity(m % 60, "min")}")
            : h % 24 == 0 || d >= 10 ? Quantity(d, "d") : $"{Quantity(d, "d")} {Quantity(h % 24, "h")}";
    }

    /// <summary>A duration with one unit, for tables of figures: «61 s», «41 min», «5.2 h», «3.1 d».</summary>
    public static string Measure(TimeSpan span) =>
        span.TotalSeconds < 120 ? Seconds(span)
        : span.TotalMinutes < 120 ? Quantity(span.TotalMinutes.ToString("0", CultureInfo.InvariantCulture), "min")
        : span.TotalHours < 48 ? Quantity(span.TotalHours, "h")
        : Quantity(span.TotalDays, "d");

    /// <summary>«2 min ago», «in 18 min», «now».</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now) =>
        (now - at).Duration().TotalSeconds < 5 ? "now" : now > at ? $"{Span(now - at)} ago" : $"in {Span(at - now)}";

    /// <summary>«in 18 min» or, once past, «late 10 min».</summary>
    public static string Due(DateTimeOffset at, DateTimeOffset now) => now > at ? $"late {Span(now - at)}" : $"in {Span(at - now)}";

    /// <summary>«41:12», «1:05:00», «2 d 3 h»; «0:00» once past.</summary>
    public static string Countdown(DateTimeOffset at, DateTimeOffset now)
    {
        if (at <= now) return "0:00";
        var left = TimeSpan.FromSeconds(Math.Ceiling((at - now).TotalSeconds));
        return left.TotalDays >= 1 ? Span(left) : left.ToString(
            left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>Short, in the viewer's zone: the time alone today, with the day otherwise, with the year when it differs.</summary>
    /// <param name="dated">With the day, also today.</param>
    public static string Short(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone, bool seconds = false, bool dated = false)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        var time = seconds ? "HH:mm:ss" : "HH:mm";
        var format = local.Date == today.Date && !dated ? time : local.Year == today.Year ? $"d MMM {time}" : $"d MMM yyyy {time}";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>«21 November 2026», in the viewer's zone.</summary>
    public static string Day(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>
    /// A day as the separator of a list, in the viewer's zone: «Today», «Yesterday», «Sat 21 Nov», with the year when it is another.
    /// </summary>
    public static string DayOfList(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (day, today) = (TimeZoneInfo.ConvertTime(at, zone).Date, TimeZoneInfo.ConvertTime(now, zone).Date);
        return day == today ? "Today"
            : day == today.AddDays(-1) ? "Yesterday"
            : day.ToString(day.Year == today.Year ? "ddd d MMM" : "ddd d MMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>«14:02», in the viewer's zone: below a day.</summary>
    public static string TimeOfDay(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>In full, for tooltips and records: «Sat 21 November 2026, 14:02:04 +01:00».</summary>
    public static string Full(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMMM yyyy, HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>For the datetime attribute: UTC, ISO 8601.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>«12.4 M», «640 k», «2.9 B»: abbreviated counts of records.</summary>
    public static string Count(long n) => n switch
    {
        >= 1_000_000_000 => Quantity(n / 1e9, "B"),
        >= 1_000_000 => Quantity(n / 1e6, "M"),
        >= 10_000 => Quantity(n / 1e3, "k"),
        _ => n.ToString("N0", CultureInfo.InvariantCulture),
    };
}
