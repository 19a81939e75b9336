namespace IncidentHub.Domain.Severity;

/// <summary>
/// The business days of the policy's limits: Monday to Friday in UTC, no public holidays. Holidays differ by site; ignoring them makes a
/// limit earlier, never later.
/// </summary>
public static class BusinessCalendar
{
    /// <summary>
    /// The same time of day <paramref name="days"/> business days later. A start at a weekend counts from Monday at midnight.
    /// </summary>
    public static DateTimeOffset Add(DateTimeOffset start, int days)
    {
        var at = start.ToUniversalTime();
        if (!IsBusinessDay(at))
        {
            at = new DateTimeOffset(at.Date, TimeSpan.Zero);
            while (!IsBusinessDay(at)) at = at.AddDays(1);
        }
        for (var left = days; left > 0;)
        {
            at = at.AddDays(1);
            if (IsBusinessDay(at)) left--;
        }
        return at;
    }

    public static bool IsBusinessDay(DateTimeOffset at) =>
        at.ToUniversalTime().DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
