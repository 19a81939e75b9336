namespace IncidentHub.Ui;

/// <summary>What the pages need from the person's browser: its time zone. One per circuit (or per request on a static page).</summary>
public sealed class Viewer(TimeProvider clock)
{
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Sets the zone that the browser reported; a zone that is unknown on this machine leaves UTC.</summary>
    public void Use(string? zone)
    {
        if (!string.IsNullOrEmpty(zone) && zone.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) Zone = found;
    }

    public string Short(DateTimeOffset at, bool seconds = false) => Times.Short(at, Now, Zone, seconds);

    public string Day(DateTimeOffset at) => Times.DayOfList(at, Now, Zone);

    public string TimeOfDay(DateTimeOffset at) => Times.TimeOfDay(at, Zone);

    public string Full(DateTimeOffset at) => Times.Full(at, Zone);

    /// <summary>
    /// Midnight at the beginning of a day in the viewer's time zone, or some days later; null for a year before 1970 or after 9998.
    /// </summary>
    public DateTimeOffset? Midnight(DateOnly? day, int daysLater = 0)
    {
        if (day is not { Year: >= 1970 and <= 9998 } known) return null;
        var at = known.AddDays(daysLater).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(at, Zone.GetUtcOffset(at));
    }
}
