using System.Globalization;
using System.Text;

namespace IncidentHub.Domain;

/// <summary>
/// How text is compared by searches: without case, without the accents of Latin, Greek and Cyrillic letters and the vowel points of Hebrew
/// and Arabic, without differences of width. Done here, so that every engine and every list finds the same.
/// </summary>
public static class SearchText
{
    // Letters that have no decomposition, but that people type without their stroke or as two.
    private static readonly Dictionary<int, string> Letters = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['ħ'] = "h",
        ['ı'] = "i",
        ['ł'] = "l",
        ['þ'] = "th",
        ['ς'] = "σ",
        ['ـ'] = "",
    };

    // Marks that are left out: accents, Hebrew points, Arabic vowel signs. Those of other scripts are parts of their words.
    private static readonly (int First, int Last)[] Marks =
        [(0x300, 0x36F), (0x591, 0x5C7), (0x64B, 0x65F), (0x670, 0x670), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF)];

    // Thai, Lao, Myanmar, Khmer, kana, Han, Hangul: words are not, or not everywhere, separated by blanks.
    private static readonly (int First, int Last)[] Unsegmented =
    [
        (0xE00, 0xEFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029),
        (0x3031, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
    ];

    /// <summary>The form in which texts are compared.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        // Half of a character matches nothing.
        var valid = TextRules.IsValid(text) ? text : string.Concat(text.Where(c => !char.IsSurrogate(c) && c < '\uFFFE'));
        var folded = new StringBuilder(text.Length);
        foreach (var rune in valid.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (Letters.TryGetValue(lower.Value, out var letters)) folded.Append(letters);
            else if (!IsIn(Marks, lower) && Rune.GetUnicodeCategory(lower) != UnicodeCategory.Format) folded.Append(lower);
        }
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Whether words of this letter's script are not separated by blanks: text of it is searched anywhere, not by word.</summary>
    public static bool IsUnsegmented(Rune rune) => IsIn(Unsegmented, rune);

    /// <summary>Whether a name, or a word of it, begins with what was typed; always where that is empty.</summary>
    public static bool Begins(string name, string? typed)
    {
        var (folded, sought) = (Fold(name), Fold(typed ?? "").Trim());
        return sought.Length == 0 || folded.StartsWith(sought, StringComparison.Ordinal)
            || folded.Contains(StartsUnsegmented(sought) ? sought : " " + sought, StringComparison.Ordinal);
    }

    public static bool StartsUnsegmented(string text) =>
        Rune.DecodeFromUtf16(text, out var first, out _) == System.Buffers.OperationStatus.Done && IsUnsegmented(first);

    private static bool IsIn((int First, int Last)[] ranges, Rune rune)
    {
        foreach (var (first, last) in ranges)
        {
            if (rune.Value >= first && rune.Value <= last) return true;
        }
        return false;
    }
}
