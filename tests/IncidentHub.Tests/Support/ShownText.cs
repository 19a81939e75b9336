namespace IncidentHub.Tests.Support;

internal static class ShownText
{
    /// <summary>The text with ordinary spaces: for what a text says, not how its lines break.</summary>
    public static string Plain(this string text) => text.Replace('\u00A0', ' ');
}
