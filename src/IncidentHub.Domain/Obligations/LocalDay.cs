namespace IncidentHub.Domain.Obligations;

/// <summary>Days and times of day in a time zone.</summary>
public static class LocalDay
{
    public static DateOnly Of(DateTimeOffset at, string zone) => DateOnly.FromDateTime(Local(at, zone));

    public static DateTime Local(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, Zone(zone)).DateTime;

    /// <summary>
    /// The moment of a local time. Of a time that occurs twice (clocks set back) the earlier; a time that is skipped (clocks set forward)
    /// counts as the moment of the change.
    /// </summary>
    public static DateTimeOffset At(DateTime local, string zone)
    {
        var info = Zone(zone);
        var time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (info.IsInvalidTime(time))
        {
            // The offset that was valid before the change makes of it a moment after the change, by as much as the time lies in the gap.
            var before = info.GetUtcOffset(time.AddHours(-3));
            var gap = time;
            while (info.IsInvalidTime(gap.AddMinutes(-1))) gap = gap.AddMinutes(-1);
            return new DateTimeOffset(gap, before).ToUniversalTime();
        }
        var offset = info.IsAmbiguousTime(time) ? info.GetAmbiguousTimeOffsets(time).Max() : info.GetUtcOffset(time);
        return new DateTimeOffset(time, offset).ToUniversalTime();
    }

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);
}
