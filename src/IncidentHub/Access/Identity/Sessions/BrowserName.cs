namespace IncidentHub.Access.Identity;

/// <summary>A browser as its owner recognises it: «Firefox on Linux».</summary>
internal static class BrowserName
{
    private const int Longest = 60;

    // Browsers also name those that they descend from: the more specific ones are looked for first.
    private static readonly (string Part, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"),
            ("Safari/", "Safari")];

    private static readonly (string Part, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var browser = Find(Browsers, userAgent);
        if (browser is null)
        {
            var first = new string([.. userAgent.TakeWhile(c => c is > ' ' and < '\x7f').Take(Longest)]);
            return first.Length == 0 ? "Unknown client" : first;
        }
        return Find(Systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Part, string Name)[] known, string text) =>
        known.FirstOrDefault(k => text.Contains(k.Part, StringComparison.Ordinal)).Name;
}
