using static MudBlazor.Icons.Material;

namespace IncidentHub.Pages.Shell;

internal static class ThemeChoice
{
    /// <summary>The value of the cookie, its name, and an icon.</summary>
    public static readonly (string Choice, string Text, string Icon)[] All =
        [("system", "System theme", Rounded.Contrast), ("light", "Light", Rounded.LightMode), ("dark", "Dark", Rounded.DarkMode)];
}
