using System.Text.RegularExpressions;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// A mention of something in a text that outlives who may see it: stored as its id, and shown by its name of the day to those who may see
/// it. Only the subjects that an entry is about are looked up, so that nobody can ask for others by typing such a text.
/// </summary>
internal static partial class Reference
{
    public const string Hidden = "a restricted incident";

    public static string To(Guid subject) => $"{{ref:{subject:D}}}";

    /// <param name="visible">The names of the subjects that the reader may see.</param>
    public static string Render(string text, IReadOnlyCollection<Guid> about, IReadOnlyDictionary<Guid, string> visible)
    {
        if (about.Count == 0) return text;
        var shown = Pattern().Replace(text, match =>
            Guid.Parse(match.Groups["id"].Value) is var id && about.Contains(id) ? visible.GetValueOrDefault(id, Hidden) : match.Value);
        return Capitalised(shown);
    }

    /// <summary>As the beginning of a sentence.</summary>
    public static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"\{ref:(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\}")]
    private static partial Regex Pattern();
}
