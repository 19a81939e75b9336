using System.Text;

namespace IncidentHub.Domain.Statements;

/// <summary>
/// Finds what was published about the like of a concern, by the words that both have. A rare word counts more than one that most
/// published texts have; a single word that is shared is chance.
/// </summary>
public static class NoticeMatch
{
    private const int ShortestWord = 4, LeastShared = 2, Most = 3, WordsRead = 400;

    private static readonly HashSet<string> Common =
    [
        "about", "after", "also", "another", "been", "before", "being", "could", "does", "each", "even", "ever", "every", "from", "have",
        "into", "just", "know", "like", "many", "more", "most", "much", "must", "only", "other", "ours", "over", "people", "said", "same",
        "seen", "should", "since", "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those",
        "through", "until", "very", "want", "were", "what", "when", "where", "which", "while", "will", "with", "would", "your",
    ];

    /// <summary>The indexes of the texts that are most alike, the most alike first.</summary>
    public static IReadOnlyList<int> Find(string typed, IReadOnlyList<string> texts)
    {
        var wanted = Words(typed);
        if (wanted.Count < LeastShared) return [];
        var shared = texts.Select(t => Words(t).Where(wanted.Contains).ToList()).ToList();
        var frequency = shared.SelectMany(w => w).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        double WeightOf(string word) => Math.Log(1 + ((double)texts.Count / frequency[word]));
        return [.. shared.Select((words, i) => (Index: i, words.Count, Weight: words.Sum(WeightOf)))
            .Where(m => m.Count >= LeastShared).OrderByDescending(m => m.Weight).ThenBy(m => m.Index).Take(Most).Select(m => m.Index)];
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>();
        var word = new StringBuilder();
        foreach (var c in SearchText.Fold(text).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(c);
                continue;
            }
            if (word.Length >= ShortestWord && !Common.Contains(word.ToString())) words.Add(word.ToString());
            word.Clear();
            if (words.Count == WordsRead) break;
        }
        return words;
    }
}
