using System.Globalization;

namespace IncidentHub.Domain.Obligations;

/// <summary>The unit of a <see cref="ClockTerm"/>.</summary>
public enum ClockUnit { Hours, Days, BusinessDays, Months }

/// <summary>The length of a regulatory clock: «72 h», «60 d» (calendar days), «4 bd» (business days), «1 mo».</summary>
public readonly record struct ClockTerm(int Count, ClockUnit Unit)
{
    private const int MaxCount = 999;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Suffix(Unit)}");

    /// <summary>As text for people, with a no-break space after the number.</summary>
    public string Label => $"{Count}\u00A0" + Unit switch
    {
        ClockUnit.Hours => "h",
        ClockUnit.Days => Count == 1 ? "day" : "days",
        ClockUnit.BusinessDays => Count == 1 ? "business day" : "business days",
        ClockUnit.Months => Count == 1 ? "month" : "months",
        _ => throw new ArgumentOutOfRangeException(nameof(Unit), Unit, "Unknown unit."),
    };

    /// <summary>Parses what <see cref="ToString"/> gives.</summary>
    public static bool TryParse(string? text, out ClockTerm term)
    {
        term = default;
        var parts = (text ?? "").Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        if (count is < 1 or > MaxCount) return false;
        foreach (var unit in Enum.GetValues<ClockUnit>())
        {
            if (!string.Equals(parts[1], Suffix(unit), StringComparison.OrdinalIgnoreCase)) continue;
            term = new(count, unit);
            return true;
        }
        return false;
    }

    private static string Suffix(ClockUnit unit) => unit switch
    {
        ClockUnit.Hours => "h",
        ClockUnit.Days => "d",
        ClockUnit.BusinessDays => "bd",
        ClockUnit.Months => "mo",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown unit."),
    };
}
