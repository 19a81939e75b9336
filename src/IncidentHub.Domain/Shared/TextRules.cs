using System.Globalization;
using System.Text;

namespace IncidentHub.Domain;

/// <summary>What typed text may contain, and how long it may be. <see cref="Validation"/> applies the rules to fields.</summary>
public static class TextRules
{
    /// <summary>
    /// Limits count what a person counts as one character (grapheme clusters of UAX 29). One of them may consist of any number of code
    /// units: stored text has at most this many code units for each character of its limit, and columns have that size.
    /// </summary>
    public const int UnitsPerCharacter = 4;

    // Letters and symbols of Unicode that are drawn as nothing: the fillers of Hangul and the blank of Braille.
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>The number of characters that a person counts.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (; text.Length > 0; count++) text = text[StringInfo.GetNextTextElementLength(text)..];
        return count;
    }

    /// <summary>The text, shortened to at most <paramref name="max"/> code units with an ellipsis.</summary>
    public static string Cut(string text, int max) => text.Length <= max ? text : Start(text, max - 1) + "…";

    /// <summary>The beginning of the text, at most <paramref name="max"/> code units, without half of a character.</summary>
    public static string Start(string text, int max)
    {
        if (text.Length <= max) return text;
        var length = 0;
        for (var next = 0; length + next <= max; next = StringInfo.GetNextTextElementLength(text.AsSpan(length))) length += next;
        return text[..length];
    }

    /// <summary>
    /// Whether anything of the text can be seen: blanks, format characters and combining marks alone cannot. What is refused anywhere
    /// counts as seen, so that it is refused and not dropped.
    /// </summary>
    public static bool HasVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune)) return true;
        }
        return false;
    }

    /// <summary>Whether the text is valid Unicode: no half of a surrogate pair, no noncharacter.</summary>
    public static bool IsValid(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i]) || text[i] is '\uFFFE' or '\uFFFF') return false;
        }
        return true;
    }

    /// <summary>The first fault of a text in its normal form, as a sentence, or null.</summary>
    /// <param name="max">In characters as a person counts them.</param>
    public static string? Fault(string text, int max, bool oneLine)
    {
        if (!IsValid(text)) return "This is not valid text: it contains half of a character.";
        if (text.AsSpan().ContainsAny(DirectionControls))
            return "Remove the invisible characters that change the direction of text (U+202A to U+202E, U+2066 to U+2069).";
        if (oneLine && text.AsSpan().ContainsAny(LineBreaks)) return "Write this on one line, without line breaks and tabs.";
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return "Remove the control characters.";
        if (text.Length <= max) return null;
        var length = Length(text);
        if (length > max) return $"At most {max:N0} characters. This text has {length:N0}.";
        return text.Length <= max * UnitsPerCharacter
            ? null
            : $"At most {max:N0} characters. This text has {length:N0}, but many of them are composed of several: together they take the "
                + $"space of {text.Length / UnitsPerCharacter:N0}.";
    }

    private static readonly System.Buffers.SearchValues<char> DirectionControls =
        System.Buffers.SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    private static readonly System.Buffers.SearchValues<char> LineBreaks =
        System.Buffers.SearchValues.Create("\t\n\v\f\r\u0085\u2028\u2029");

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => !Rune.IsWhiteSpace(rune),
        UnicodeCategory.Format => rune.IsBmp && DirectionControls.Contains((char)rune.Value),
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => false,
        _ => !(rune.IsBmp && Blanks.Contains((char)rune.Value, StringComparison.Ordinal)),
    };
}
