using System.Globalization;
using System.Text;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The search words of text: folded (<see cref="SearchText"/>), letters and digits only. A script without blanks between its words has no
/// words to split at: of it each pair of letters is one, and the last letter. Done in code to be the same on every engine.
/// </summary>
internal static class SearchWords
{
    /// <summary>In code units.</summary>
    public const int MaxWord = 48;

    /// <summary>The limit for one incident; the rest of a very long summary is not searched.</summary>
    public const int MaxWords = 250;

    /// <summary>The same for pairs of letters: text of such scripts has about as many pairs as letters.</summary>
    public const int MaxPairs = 1000;

    /// <summary>The limit for one query; more words hardly narrow the result.</summary>
    public const int MaxQueryWords = 4;

    // A pair narrows a search as much as a word of so many letters.
    private const int WeightOfPair = 6;

    public static HashSet<string> Of(params ReadOnlySpan<string> texts)
    {
        var (words, pairs) = (new HashSet<string>(), new HashSet<string>());
        foreach (var text in texts)
        {
            foreach (var (run, unsegmented) in Runs(text))
            {
                if (!unsegmented) Add(words, MaxWords, Word(run));
                else
                {
                    for (var i = 0; i < run.Count; i++) Add(pairs, MaxPairs, Text(run, i, 2));
                }
            }
        }
        words.UnionWith(pairs);
        return words;
    }

    /// <summary>The words of a query, each as a prefix range: from the word (inclusive) to its end (exclusive).</summary>
    public static IReadOnlyList<(string Word, string End)> Query(string? text)
    {
        var words = new Dictionary<string, int>();
        foreach (var (run, unsegmented) in Runs(text ?? ""))
        {
            if (!unsegmented) words[Word(run)] = run.Count;
            // Every second pair covers the text; an odd last letter needs the last pair.
            else for (var i = 0; i < Math.Max(run.Count - 1, 1); i += i + 3 == run.Count ? 1 : 2) words[Text(run, i, 2)] = WeightOfPair;
        }
        return [.. words.OrderByDescending(w => w.Value).Take(MaxQueryWords).Select(w => (w.Key, After(w.Key)))];
    }

    private static void Add(HashSet<string> words, int max, string word)
    {
        if (words.Count < max) words.Add(word);
    }

    // «grant» → «granu»: the first value after all words with this prefix; both engines compare words by their characters.
    private static string After(string word)
    {
        Rune.DecodeLastFromUtf16(word, out var last, out var length);
        var next = last.Value == 0xD7FF ? 0xE000 : last.Value + 1;
        return string.Concat(word.AsSpan(0, word.Length - length), new Rune(next).ToString());
    }

    private static string Word(List<Rune> run)
    {
        var word = new StringBuilder(MaxWord);
        foreach (var rune in run)
        {
            if (word.Length + rune.Utf16SequenceLength > MaxWord) break;
            word.Append(rune);
        }
        return word.ToString();
    }

    private static string Text(List<Rune> run, int start, int count) =>
        string.Concat(run.Skip(start).Take(count).Select(r => r.ToString()));

    /// <summary>Sequences of letters and digits, each of one kind of script.</summary>
    private static IEnumerable<(List<Rune> Run, bool Unsegmented)> Runs(string text)
    {
        var (run, was) = (new List<Rune>(), false);
        foreach (var rune in SearchText.Fold(text).EnumerateRunes())
        {
            var (part, unsegmented) = (IsPart(rune), SearchText.IsUnsegmented(rune));
            if (run.Count > 0 && (!part || unsegmented != was))
            {
                yield return (run, was);
                run = [];
            }
            if (!part) continue;
            run.Add(rune);
            was = unsegmented;
        }
        if (run.Count > 0) yield return (run, was);
    }

    // Marks that folding leaves are vowels: parts of words.
    private static bool IsPart(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
