using System.Text;

namespace IncidentHub.Domain;

/// <summary>
/// The normal form of typed text: composed (NFC), with <c>\n</c> for every kind of line break, without blank or invisible characters at
/// its ends. Two texts that look alike are equal then, and digests do not depend on the browser or the keyboard. Rules store this form of
/// what <see cref="Validation"/> has accepted.
/// </summary>
public static class TextNormaliser
{
    // Zero-width characters that mean nothing at the end of a text. Joiners are not among them: they may belong to an emoji.
    private const string InvisibleAtEnds = "\u00AD\u180E\u200B\u2060\uFEFF";

    /// <summary>The normal form; empty where nothing of the text is visible.</summary>
    public static string Clean(this string text)
    {
        if (IsPlain(text)) return text;
        // What is not valid Unicode has no normal form: the rules refuse it.
        if (!TextRules.IsValid(text)) return text;
        var composed = text.Normalize(NormalizationForm.FormC);
        var clean = Trim(composed.ReplaceLineEndings("\n").Replace('\v', '\n'));
        return TextRules.HasVisible(clean) ? clean : "";
    }

    /// <summary>The normal form, or null where nothing of the text is visible.</summary>
    public static string? OrNull(string? text) => text is not null && text.Clean() is { Length: > 0 } clean ? clean : null;

    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsTrimmed(text[start])) start++;
        while (end > start && IsTrimmed(text[end - 1])) end--;
        return text[start..end];
    }

    private static bool IsTrimmed(char c) => char.IsWhiteSpace(c) || InvisibleAtEnds.Contains(c, StringComparison.Ordinal);

    // Almost every text: printable ASCII without blanks at its ends.
    private static bool IsPlain(string text) =>
        text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
