using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IncidentHub.Domain.Incidents;

/// <summary>
/// Public codes of incidents. Open ones are numbered without gaps; a restricted one has a random code, so that the numbers do not reveal
/// it.
/// </summary>
public static class IncidentCode
{
    private const string Prefix = "INC-";

    public static string Open(int number) => Prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A code for a restricted incident.</summary>
    /// <param name="random">Returns a uniformly distributed number from 0 to its argument, exclusive.</param>
    public static string Restricted(Func<int, int> random) => RandomCode.Next(Prefix, random);

    /// <summary>Normalises typed text to the stored form; false where it cannot be a code.</summary>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? code)
    {
        code = null;
        var typed = Codes.Upper(text);
        if (!typed.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var rest = typed.AsSpan(Prefix.Length);
        var isNumber = rest.Length is > 0 and <= 9 && rest[0] != '0' && !rest.ContainsAnyExceptInRange('0', '9');
        if (!isNumber && !RandomCode.IsOne(rest)) return false;
        code = typed;
        return true;
    }
}
