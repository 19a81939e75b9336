using System.Text;

namespace IncidentHub.Response.Incidents;

/// <summary>Splits text into search words: lower case, letters and digits only. Done in code to be the same on every engine.</summary>
internal static class SearchWords
{
    public const int MaxWord = 48;

    /// <summary>The limit for one incident; the rest of a very long summary is not searched.</summary>
    public const int MaxWords = 250;

    /// <summary>The limit for one query; more words hardly narrow the result.</summary>
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

    /// <summary>The words of a query, each as a prefix range: from the word (inclusive) to its end (exclusive).</summary>
    public static IReadOnlyList<(string Word, string End)> Query(string? text) =>
        [.. Split(text ?? "").Distinct().OrderByDescending(w => w.Length).Take(MaxQueryWords).Select(w => (w, After(w)))];

    // «grant» → «granu»: the first value after all words with this prefix; both engines compare words bytewise.
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
