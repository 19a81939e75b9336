namespace IncidentHub.Platform.Database;

/// <summary>Patterns for <c>LIKE … ESCAPE '\'</c> with the same meaning on both engines.</summary>
internal static class LikeText
{
    private const int MaxTyped = 100;

    /// <summary>Matches folded text (<see cref="SearchText"/>) that begins with what was typed; its wildcards are escaped.</summary>
    public static string Prefix(string? typed) => Typed(typed) + "%";

    /// <summary>
    /// Matches folded text of which a word begins with what was typed. Where the script has no blanks between words: that contains it.
    /// </summary>
    public static string Word(string? typed) =>
        Typed(typed) is var text && SearchText.StartsUnsegmented(text) ? $"%{text}%" : $"% {text}%";

    private static string Typed(string? typed) => string.Concat(TextRules.Start(SearchText.Fold(typed ?? "").Trim(), MaxTyped)
        .Select(c => c is '%' or '_' or '[' or '\\' ? $"\\{c}" : c.ToString()));
}
