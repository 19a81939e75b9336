using System.Text.RegularExpressions;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// A mention of a subject in a stored text. It is stored as the subject's id and rendered as its current name for readers who may see the
/// subject. Only the subjects that an entry is about are resolved, so that typing such a text discloses no other name.
/// </summary>
internal static partial class Reference
{
    public const string Hidden = "a restricted incident";

    public static string To(Guid subject) => $"{{ref:{subject:D}}}";

    /// <summary>Whether the text begins with a mention: a sentence of the hub.</summary>
    public static bool Begins(string text) => Pattern().Match(text) is { Success: true, Index: 0 };

    /// <param name="visible">The names of the subjects that the reader may see.</param>
    public static string Render(string text, IReadOnlyCollection<Guid> about, IReadOnlyDictionary<Guid, string> visible)
    {
        if (about.Count == 0) return text;
        var shown = Pattern().Replace(text, match =>
            Guid.Parse(match.Groups["id"].Value) is var id && about.Contains(id) ? visible.GetValueOrDefault(id, Hidden) : match.Value);
        return Capitalised(shown);
    }

    /// <summary>With an initial capital, for the beginning of a sentence.</summary>
    public static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"\{ref:(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\}")]
    private static partial Regex Pattern();
}
