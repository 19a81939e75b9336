namespace IncidentHub.Domain.Severity;

/// <summary>The business days that the policy's slow clocks count: Monday to Friday in UTC, no public holidays.
/// A company's holidays differ by site; leaving them out makes a limit earlier, never later.</summary>
public static class BusinessCalendar
{
    /// <summary>
    /// The same time of day <paramref name="days"/> business days later. What starts at a weekend counts from Monday at midnight.
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
