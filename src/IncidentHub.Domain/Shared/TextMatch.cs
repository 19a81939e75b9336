using System.Text;

namespace IncidentHub.Domain;

/// <summary>A part of a text, and whether it is one of the words that were looked for.</summary>
public readonly record struct TextPart(string Text, bool IsHit);

/// <summary>Finds the words of a query anywhere in a text, both as <see cref="SearchText"/> folds them.</summary>
public static class TextMatch
{
    /// <summary>In characters; more is refused.</summary>
    public const int MaxQuery = 200;

    /// <summary>The words of a query, folded; none where it is empty.</summary>
    public static IReadOnlyList<string> Words(string? query) =>
        [.. SearchText.Fold(query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether every word is in one of the texts.</summary>
    public static bool HasAll(IReadOnlyList<string> words, params ReadOnlySpan<string?> texts)
    {
        if (words.Count == 0) return true;
        var folded = new string[texts.Length];
        for (var i = 0; i < texts.Length; i++) folded[i] = SearchText.Fold(texts[i] ?? "");
        foreach (var word in words)
        {
            if (!Array.Exists(folded, t => t.Contains(word, StringComparison.Ordinal))) return false;
        }
        return true;
    }

    /// <summary>The text in parts, in order: what was found, and what is between.</summary>
    public static IReadOnlyList<TextPart> Parts(string text, IReadOnlyList<string> words)
    {
        if (words.Count == 0 || text.Length == 0) return [new(text, false)];
        // The place of each folded character in the text: folding may lengthen or drop characters.
        var (folded, places) = (new StringBuilder(text.Length), new List<int>(text.Length));
        var start = 0;
        while (start < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(start), out _, out var length);
            foreach (var c in SearchText.Fold(text.Substring(start, length)))
            {
                folded.Append(c);
                places.Add(start);
            }
            start += length;
        }
        places.Add(text.Length);
        var hits = Hits(folded.ToString(), places, text.Length, words);
        var parts = new List<TextPart>();
        for (var from = 0; from < text.Length;)
        {
            var to = from + 1;
            while (to < text.Length && hits[to] == hits[from]) to++;
            parts.Add(new(text[from..to], hits[from]));
            from = to;
        }
        return parts;
    }

    private static bool[] Hits(string folded, List<int> places, int length, IReadOnlyList<string> words)
    {
        var hits = new bool[length];
        foreach (var word in words)
        {
            for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0;
                at = folded.IndexOf(word, at + word.Length, StringComparison.Ordinal))
                Array.Fill(hits, true, places[at], End(places, at + word.Length) - places[at]);
        }
        return hits;
    }

    // A character that became several is found whole, also where the word ends within it.
    private static int End(List<int> places, int at)
    {
        while (at < places.Count - 1 && places[at] == places[at - 1]) at++;
        return places[at];
    }
}
