namespace IncidentHub.Platform.Database;

/// <summary>Patterns for <c>LIKE … ESCAPE '\'</c> with the same meaning on both engines.</summary>
internal static class LikeText
{
    private const int MaxTyped = 100;

    /// <summary>Matches text that begins with <paramref name="typed"/>, lower case; wildcards in the input are escaped.</summary>
    public static string Prefix(string? typed) =>
        string.Concat((typed ?? "").Trim().ToLowerInvariant().Take(MaxTyped)
            .Select(c => c is '%' or '_' or '[' or '\\' ? $"\\{c}" : c.ToString())) + "%";
}
