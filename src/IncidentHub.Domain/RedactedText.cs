using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IncidentHub.Domain;

/// <summary>
/// Removes texts from where they stand, also as a part of a longer text, of JSON, or shortened. Prepared once for all the values that it
/// is used on.
/// </summary>
public sealed class RedactedText
{
    /// <summary>Stands in the place of what was removed.</summary>
    public const string Mark = "[redacted]";

    // A shorter text is a word or two, which other people may have written as well: only where it stands apart.
    private const int Short = 12;

    // What is left of a headline that was shortened.
    private const int Beginning = 40;

    private static readonly string[] Before = [": ", "\n", ". ", "; ", "«", "\"", "\\n", "taken by ", " from "],
        After = ["\n", "»", "\"", "\\n", "; ", ", taken by ", " from "];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<string> _spellings;
    private readonly SearchValues<string> _beginnings;

    // The places of spellings in the list, by how they begin: of thousands of texts a value has few.
    private readonly Dictionary<string, List<int>> _places = [];
    private readonly int[] _lengths;

    public RedactedText(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        // The longest first: one may be a part of another.
        _spellings = [.. texts.Where(IsText).Distinct().OrderByDescending(t => t.Length)
            .SelectMany(t => InJson(t).Prepend(t).Distinct())];
        for (var n = 0; n < _spellings.Count; n++)
        {
            var begins = _spellings[n].Length > Beginning ? _spellings[n][..Beginning] : _spellings[n];
            (_places.TryGetValue(begins, out var list) ? list : _places[begins] = []).Add(n);
        }
        _beginnings = SearchValues.Create([.. _places.Keys], StringComparison.Ordinal);
        _lengths = [.. _places.Keys.Select(k => k.Length).Distinct()];
    }

    /// <summary>Whether something is left to remove.</summary>
    public static bool IsText(string? value) => !string.IsNullOrWhiteSpace(value) && value != Mark;

    /// <summary>Whether a text of this length is removed from the middle of others, too.</summary>
    public static bool IsLong(string text) => (text ?? "").Length >= Short;

    /// <summary>The text as it stands within JSON, without quotation marks: as the hub writes it, and as other writers do.</summary>
    public static IEnumerable<string> InJson(string text) =>
        ((string[])[JsonSerializer.Serialize(text), JsonSerializer.Serialize(text, Relaxed)]).Select(s => s[1..^1]).Distinct();

    /// <summary>The value without any of the texts.</summary>
    /// <param name="isOwn">The value tells of what the texts are from: short ones are removed as words, too.</param>
    public string Remove(string value, bool isOwn = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var n in Candidates(value)) value = RemoveOne(value, _spellings[n], isOwn);
        return value;
    }

    /// <summary>Whether the value has one of the texts.</summary>
    public bool IsIn(string value) => Remove(value) != value;

    // In the order of the list.
    private SortedSet<int> Candidates(string value)
    {
        var found = new SortedSet<int>();
        var places = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var from = 0; value.AsSpan(from).IndexOfAny(_beginnings) is >= 0 and var next;)
        {
            from += next;
            foreach (var length in _lengths)
            {
                if (from + length <= value.Length && places.TryGetValue(value.AsSpan(from, length), out var list)) found.UnionWith(list);
            }
            from++;
        }
        return found;
    }

    private static string RemoveOne(string value, string text, bool isOwn)
    {
        for (var from = 0; from < value.Length;)
        {
            var at = value.IndexOf(text, from, StringComparison.Ordinal);
            if (at < 0) break;
            if (IsLong(text) || (isOwn ? IsWord(value, at, text.Length) : StandsApart(value, at, text.Length)))
            {
                value = string.Concat(value.AsSpan(0, at), Mark, value.AsSpan(at + text.Length));
                from = at + Mark.Length;
            }
            else from = at + 1;
        }
        return text.Length > Beginning ? RemoveShortened(value, text) : value;
    }

    private static string RemoveShortened(string value, string text)
    {
        var at = value.IndexOf(text[..Beginning], StringComparison.Ordinal);
        if (at < 0) return value;
        var length = Beginning;
        while (at + length < value.Length && length < text.Length && value[at + length] == text[length]) length++;
        return at + length < value.Length && value[at + length] == '…'
            ? string.Concat(value.AsSpan(0, at), Mark, value.AsSpan(at + length + 1)) : value;
    }

    private static bool IsWord(string value, int at, int length) =>
        (at == 0 || !char.IsLetterOrDigit(value[at - 1])) && (at + length == value.Length || !char.IsLetterOrDigit(value[at + length]));

    private static bool StandsApart(string value, int at, int length)
    {
        var before = value.AsSpan(0, at);
        var after = value.AsSpan(at + length);
        return (before.Length == 0 || EndsWithAny(before)) && (after.Length == 0 || StartsWithAny(after));
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text)
    {
        foreach (var end in Before)
        {
            if (text.EndsWith(end, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text)
    {
        foreach (var start in After)
        {
            if (text.StartsWith(start, StringComparison.Ordinal)) return true;
        }
        return false;
    }
}
