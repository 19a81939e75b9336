namespace IncidentHub.Platform.Database;

/// <summary>Names as searches compare them, for the columns <c>NameKey</c>.</summary>
internal static class NameKeys
{
    private const int MaxKey = 480;

    /// <summary>The folded name. Folding may lengthen it: the end of a very long one is not searched.</summary>
    public static string Of(string name) => TextRules.Start(SearchText.Fold(name), MaxKey);
}
