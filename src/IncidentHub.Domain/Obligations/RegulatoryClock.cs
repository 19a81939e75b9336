namespace IncidentHub.Domain.Obligations;

/// <summary>When a duty is due.</summary>
public static class RegulatoryClock
{
    /// <summary>Null where the law gives no number.</summary>
    /// <param name="trigger">When the trigger fact came about.</param>
    /// <param name="awareness">When the company was aware, for duties with a latest time from it; null: unknown.</param>
    /// <param name="holidays">The days of the regime's calendar.</param>
    public static DateTimeOffset? DueAt(Regime regime, Duty duty, DateTimeOffset trigger, DateTimeOffset? awareness,
        IReadOnlySet<DateOnly> holidays)
    {
        if (duty.Due is not { } term) return null;
        var due = After(regime, term, trigger, holidays);
        if (duty.AtMostFromAwareness is not { } most || awareness is not { } aware) return due;
        var latest = After(regime, most, aware, holidays);
        return trigger <= latest && latest < due ? latest : due;
    }

    /// <summary>
    /// Hours are elapsed time, whatever the clocks of a region do. Days and months are counted on the calendar of the regime's zone; the
    /// day of the trigger is not counted. A month ends on the day of the same number, or on the last of a shorter month.
    /// </summary>
    private static DateTimeOffset After(Regime regime, ClockTerm term, DateTimeOffset from, IReadOnlySet<DateOnly> holidays)
    {
        if (term.Unit == ClockUnit.Hours) return from.AddHours(term.Count).ToUniversalTime();
        var local = LocalDay.Local(from, regime.TimeZone);
        var day = DateOnly.FromDateTime(local);
        var last = term.Unit switch
        {
            ClockUnit.Days => day.AddDays(term.Count),
            ClockUnit.Months => day.AddMonths(term.Count),
            _ => AddBusinessDays(day, term.Count, holidays),
        };
        var time = term.Unit == ClockUnit.BusinessDays && regime.DayEnds is { } ends ? ends : TimeOnly.FromDateTime(local);
        return LocalDay.At(last.ToDateTime(time), regime.TimeZone);
    }

    private static DateOnly AddBusinessDays(DateOnly day, int count, IReadOnlySet<DateOnly> holidays)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day)) count--;
        }
        return day;
    }
}
