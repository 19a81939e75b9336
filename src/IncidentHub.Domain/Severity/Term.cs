using System.Globalization;

namespace IncidentHub.Domain.Severity;

/// <summary>The unit of a <see cref="Term"/>.</summary>
public enum TermUnit { Minutes, Hours, Days, BusinessDays }

/// <summary>A time limit in the SEV policy's notation: «30 min», «4 h», «1 d», «5 bd» (business days). At least one of its unit.</summary>
public readonly record struct Term(int Count, TermUnit Unit) : IComparable<Term>
{
    /// <summary>The longest limit of the policy.</summary>
    public const int MaxCount = 999;

    public static Term Minutes(int count) => new(count, TermUnit.Minutes);
    public static Term Hours(int count) => new(count, TermUnit.Hours);
    public static Term Days(int count) => new(count, TermUnit.Days);
    public static Term BusinessDays(int count) => new(count, TermUnit.BusinessDays);

    /// <summary>When the limit that starts at <paramref name="start"/> ends.</summary>
    public DateTimeOffset After(DateTimeOffset start) => Unit switch
    {
        TermUnit.Minutes => start.AddMinutes(Count),
        TermUnit.Hours => start.AddHours(Count),
        TermUnit.Days => start.AddDays(Count),
        TermUnit.BusinessDays => BusinessCalendar.Add(start, Count),
        _ => throw new ArgumentOutOfRangeException(nameof(Unit), Unit, "Unknown unit."),
    };

    /// <summary>
    /// The limit as a span of time; business days count as whole days, so it is only for comparison and proposals, never for a due time.
    /// </summary>
    public TimeSpan Nominal => Unit switch
    {
        TermUnit.Minutes => TimeSpan.FromMinutes(Count),
        TermUnit.Hours => TimeSpan.FromHours(Count),
        _ => TimeSpan.FromDays(Count),
    };

    public int CompareTo(Term other) => Nominal.CompareTo(other.Nominal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Suffix(Unit)}");

    /// <summary>As text for people: «5 business days», «1 day», «30 min», with a no-break space after the number.</summary>
    public string Label => $"{Count}\u00A0" + Unit switch
    {
        TermUnit.Days => Count == 1 ? "day" : "days",
        TermUnit.BusinessDays => Count == 1 ? "business day" : "business days",
        _ => Suffix(Unit),
    };

    /// <summary>Parses «30 min», «4 h», «1 d» or «5 bd».</summary>
    public static bool TryParse(string? text, out Term term)
    {
        term = default;
        var parts = (text ?? "").Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        if (count is < 1 or > MaxCount) return false;
        foreach (var unit in Enum.GetValues<TermUnit>())
        {
            if (!string.Equals(parts[1], Suffix(unit), StringComparison.OrdinalIgnoreCase)) continue;
            term = new(count, unit);
            return true;
        }
        return false;
    }

    private static string Suffix(TermUnit unit) => unit switch
    {
        TermUnit.Minutes => "min",
        TermUnit.Hours => "h",
        TermUnit.Days => "d",
        TermUnit.BusinessDays => "bd",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown unit."),
    };
}
