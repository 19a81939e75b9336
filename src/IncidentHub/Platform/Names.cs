namespace IncidentHub.Platform;

/// <summary>Lists of category and region keys in one column: keys hold no spaces.</summary>
internal static class Names
{
    public static string Join(IEnumerable<string> names) => string.Join(' ', names);

    public static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
