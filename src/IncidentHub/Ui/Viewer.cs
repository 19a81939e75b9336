namespace IncidentHub.Ui;

/// <summary>
/// The time zone of the person's pages: their own, or their browser's. One per circuit (or per request on a static page).
/// </summary>
public sealed class Viewer(TimeProvider clock)
{
    private TimeZoneInfo _browser = TimeZoneInfo.Utc;
    private TimeZoneInfo? _own;

    public TimeZoneInfo Zone => _own ?? _browser;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Sets the zone that the browser reported; a zone that is unknown on this machine leaves UTC.</summary>
    public void Use(string? zone)
    {
        if (Find(zone) is { } found) _browser = found;
    }

    /// <summary>Sets the zone that the person chose; null: as the browser says.</summary>
    public void Prefer(string? zone) => _own = Find(zone);

    private static TimeZoneInfo? Find(string? zone) =>
        TimeZones.TryFind(zone, out var found) ? found : null;

    public string Short(DateTimeOffset at, bool seconds = false, bool dated = false) => Times.Short(at, Now, Zone, seconds, dated);

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
