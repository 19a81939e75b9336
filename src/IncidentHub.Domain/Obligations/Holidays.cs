namespace IncidentHub.Domain.Obligations;

/// <summary>A public holiday of a calendar.</summary>
public sealed record Holiday(DateOnly Day, string Name);

/// <summary>Replaces the public holidays of one year of a calendar.</summary>
/// <param name="Calendar">A new name makes a new calendar.</param>
public sealed record EditHolidays(string Calendar, int Year, IReadOnlyList<Holiday> Days, string Reason);

/// <summary>What a calendar of public holidays may be.</summary>
public static class HolidayRules
{
    public const int MaxName = 120, MaxDays = 60;

    /// <summary>The days in order, or a refusal.</summary>
    public static Result<IReadOnlyList<Holiday>> Check(EditHolidays command)
    {
        var check = new Validation()
            .Check(IsCalendar(Codes.Upper(command.Calendar)), "calendar", "2 to 24 letters A to Z, digits and dashes.")
            .Check(command.Year is >= 1970 and <= 2100, "year", "A year from 1970 to 2100.")
            .Check(command.Days.Count <= MaxDays, "days", $"At most {MaxDays} days.")
            .Text(command.Reason, "reason", 2000)
            .Check(command.Days.Select(d => d.Day).Distinct().Count() == command.Days.Count, "days", "Each day once.");
        for (var i = 0; i < command.Days.Count && i < MaxDays; i++)
        {
            check.Check(command.Days[i].Day.Year == command.Year, $"days[{i}].day", $"A day of {command.Year}.")
                .Line(command.Days[i].Name, $"days[{i}].name", MaxName);
        }
        return check.ToRefusal() is { } refusal ? refusal
            : command.Days.OrderBy(d => d.Day).Select(d => d with { Name = d.Name.Clean() }).ToArray();
    }

    private static bool IsCalendar(string code) =>
        code.Length is >= 2 and <= 24 && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');
}
