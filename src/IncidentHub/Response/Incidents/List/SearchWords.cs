using System.Text;

namespace IncidentHub.Response.Incidents;

/// <summary>Text as words to search by: lower case, letters and digits only. Made here, so that it is the same on every engine.</summary>
internal static class SearchWords
{
    public const int MaxWord = 48;

    /// <summary>Of one incident; the rest of a very long summary is not searched.</summary>
    public const int MaxWords = 250;

    /// <summary>Of one query; more words hardly narrow it.</summary>
    public const int MaxQueryWords = 4;

    public static HashSet<string> Of(params ReadOnlySpan<string> texts)
    {
        var words = new HashSet<string>();
        foreach (var text in texts)
        {
            foreach (var word in Split(text))
            {
                if (words.Count == MaxWords) return words;
                words.Add(word);
            }
        }
        return words;
    }

    /// <summary>The words that are looked for, each as «begins with»: from the word (inclusive) to its end (exclusive).</summary>
    public static IReadOnlyList<(string Word, string End)> Query(string? text) =>
        [.. Split(text ?? "").Distinct().OrderByDescending(w => w.Length).Take(MaxQueryWords).Select(w => (w, After(w)))];

    // «grant» → «granu»: after everything that begins with the word; both engines compare words by their bytes.
    private static string After(string word) => word[..^1] + (char)(word[^1] + 1);

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder(MaxWord);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                if (word.Length < MaxWord) word.Append(char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0) yield return word.ToString();
    }
}
