namespace IncidentHub.Platform.Database;

/// <summary>Patterns for <c>LIKE … ESCAPE '\'</c> that mean the same on both engines.</summary>
internal static class LikeText
{
    private const int MaxTyped = 100;

    /// <summary>What begins with <paramref name="typed"/>, lower case; nothing that was typed is a wildcard.</summary>
    public static string Prefix(string? typed) =>
        string.Concat((typed ?? "").Trim().ToLowerInvariant().Take(MaxTyped)
            .Select(c => c is '%' or '_' or '[' or '\\' ? $"\\{c}" : c.ToString())) + "%";
}
