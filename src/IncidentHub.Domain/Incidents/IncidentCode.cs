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
    private const int RandomLength = 6;

    /// <summary>No vowels (no words), and no characters that are easily misread.</summary>
    private const string Letters = "BCDFGHJKMNPQRSTVWXZ";
    private const string Symbols = Letters + "23456789";

    public static string Open(int number) => Prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A code for a restricted incident. It begins with a letter, so that it can never be a number.</summary>
    /// <param name="random">Returns a uniformly distributed number from 0 to its argument, exclusive.</param>
    public static string Restricted(Func<int, int> random) => string.Create(Prefix.Length + RandomLength, random, (span, next) =>
    {
        Prefix.CopyTo(span);
        span[Prefix.Length] = Letters[next(Letters.Length)];
        for (var i = Prefix.Length + 1; i < span.Length; i++) span[i] = Symbols[next(Symbols.Length)];
    });

    /// <summary>Normalises typed text to the stored form; false where it cannot be a code.</summary>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? code)
    {
        code = null;
        var typed = Codes.Upper(text);
        if (!typed.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var rest = typed.AsSpan(Prefix.Length);
        var isNumber = rest.Length is > 0 and <= 9 && rest[0] != '0' && !rest.ContainsAnyExceptInRange('0', '9');
        var isRandom = rest.Length == RandomLength && Letters.Contains(rest[0]) && rest.IndexOfAnyExcept(Symbols) < 0;
        if (!isNumber && !isRandom) return false;
        code = typed;
        return true;
    }
}
