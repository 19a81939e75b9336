using MudBlazor;

namespace IncidentHub.Ui;

/// <summary>Colours, type, radius and shadows. <see cref="ThemeStylesheet"/> turns them into the variables of every stylesheet.</summary>
internal static class HubTheme
{
    /// <summary>SEV 0 to 5. They differ in lightness too, and are never shown without their name.</summary>
    public static readonly (string Light, string Dark)[] Sev =
    [
        ("#7a0b1c", "#ff6b81"), ("#b3202c", "#ff7b6e"), ("#b8430f", "#ff9a5c"),
        ("#8f6600", "#e7c04a"), ("#2f6d49", "#6fc493"), ("#55647a", "#9fb0c6"),
    ];

    private static readonly string[] _sans =
        ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static readonly MudTheme Hub = new()
    {
        PaletteLight = new PaletteLight
        {
            Black = "#111318",
            White = "#ffffff",
            Primary = "#4353c9",
            PrimaryContrastText = "#ffffff",
            PrimaryDarken = "#3643ab",
            PrimaryLighten = "#6a78dc",
            Secondary = "#5b6472",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#7a4fc0",
            TertiaryContrastText = "#ffffff",
            Info = "#1f66c1",
            InfoContrastText = "#ffffff",
            Success = "#1a7a45",
            SuccessContrastText = "#ffffff",
            Warning = "#9a5b00",
            WarningContrastText = "#ffffff",
            Error = "#c22f2a",
            ErrorContrastText = "#ffffff",
            Dark = "#23272f",
            DarkContrastText = "#ffffff",
            TextPrimary = "#191c22",
            TextSecondary = "#5a6170",
            TextDisabled = "#8b92a0",
            ActionDefault = "#5a6170",
            ActionDisabled = "#a6acb8",
            ActionDisabledBackground = "#eceef2",
            Background = "#fafbfc",
            BackgroundGray = "#f2f4f7",
            Surface = "#ffffff",
            DrawerBackground = "#f5f6f8",
            DrawerText = "#3c424e",
            DrawerIcon = "#656d7c",
            AppbarBackground = "#ffffff",
            AppbarText = "#191c22",
            LinesDefault = "#e4e7ec",
            LinesInputs = "#8b92a0",
            TableLines = "#eceef2",
            TableStriped = "#fafbfc",
            TableHover = "#f4f6fa",
            Divider = "#e4e7ec",
            DividerLight = "#eff1f4",
            Skeleton = "#e9ecf0",
            HoverOpacity = 0.06,
            RippleOpacity = 0.06,
            RippleOpacitySecondary = 0.1,
            OverlayDark = "rgba(20,23,30,0.42)",
            OverlayLight = "rgba(255,255,255,0.6)",
        },
        PaletteDark = new PaletteDark
        {
            Black = "#0b0c0f",
            White = "#ffffff",
            Primary = "#98a4ff",
            PrimaryContrastText = "#11142b",
            PrimaryDarken = "#8390f5",
            PrimaryLighten = "#b6beff",
            Secondary = "#a3abba",
            SecondaryContrastText = "#14161b",
            Tertiary = "#c1a1f7",
            TertiaryContrastText = "#1b1230",
            Info = "#79b4ff",
            InfoContrastText = "#0b1a2e",
            Success = "#5fcd8d",
            SuccessContrastText = "#08210f",
            Warning = "#eab04f",
            WarningContrastText = "#261a02",
            Error = "#ff8a80",
            ErrorContrastText = "#2c0806",
            Dark = "#2b2f38",
            DarkContrastText = "#e8eaef",
            TextPrimary = "#e8eaef",
            TextSecondary = "#a1a8b6",
            TextDisabled = "#6f7685",
            ActionDefault = "#a1a8b6",
            ActionDisabled = "#5d6472",
            ActionDisabledBackground = "#262a32",
            Background = "#101217",
            BackgroundGray = "#14171d",
            Surface = "#171a20",
            DrawerBackground = "#13151a",
            DrawerText = "#c3c8d2",
            DrawerIcon = "#8d95a4",
            AppbarBackground = "#101217",
            AppbarText = "#e8eaef",
            LinesDefault = "#282c35",
            LinesInputs = "#6f7685",
            TableLines = "#23272f",
            TableStriped = "#15181e",
            TableHover = "#1d2129",
            Divider = "#282c35",
            DividerLight = "#20242b",
            Skeleton = "#242830",
            HoverOpacity = 0.08,
            RippleOpacity = 0.08,
            RippleOpacitySecondary = 0.12,
            OverlayDark = "rgba(0,0,0,0.6)",
            OverlayLight = "rgba(16,18,23,0.6)",
        },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "6px",
            DrawerWidthLeft = "232px",
            DrawerMiniWidthLeft = "56px",
            AppbarHeight = "48px",
        },
        Typography = new Typography
        {
            Default = Type<DefaultTypography>("0.8125rem", 400, "1.5"),
            H1 = Type<H1Typography>("1.375rem", 600, "1.3", "-0.015em"),
            H2 = Type<H2Typography>("1.0625rem", 600, "1.35", "-0.01em"),
            H3 = Type<H3Typography>("0.9375rem", 600, "1.4", "-0.005em"),
            H4 = Type<H4Typography>("1.75rem", 600, "1.2", "-0.02em"),
            H5 = Type<H5Typography>("1.25rem", 600, "1.3", "-0.015em"),
            H6 = Type<H6Typography>("0.9375rem", 600, "1.4"),
            Subtitle1 = Type<Subtitle1Typography>("0.875rem", 400, "1.5"),
            Subtitle2 = Type<Subtitle2Typography>("0.8125rem", 500, "1.5"),
            Body1 = Type<Body1Typography>("0.875rem", 400, "1.55"),
            Body2 = Type<Body2Typography>("0.8125rem", 400, "1.5"),
            Button = Type<ButtonTypography>("0.8125rem", 500, "1.5"),
            Caption = Type<CaptionTypography>("0.75rem", 400, "1.45"),
            Overline = Type<OverlineTypography>("0.6875rem", 600, "1.6", "0.04em", "uppercase"),
        },
        Shadows = Shadows(),
    };

    private static T Type<T>(string size, int weight, string line, string spacing = "normal", string transform = "none")
        where T : BaseTypography, new() => new()
        {
            FontFamily = _sans,
            FontSize = size,
            FontWeight = $"{weight}",
            LineHeight = line,
            LetterSpacing = spacing,
            TextTransform = transform,
        };

    // Flat: a hairline for elements on the page, one soft shadow for floating ones.
    private static Shadow Shadows()
    {
        const string Hairline = "0 0 0 1px var(--mud-palette-lines-default)";
        const string Floating = Hairline + ", 0 8px 24px -6px rgba(10,12,20,.18), 0 2px 6px -2px rgba(10,12,20,.08)";
        const string Dialog = Hairline + ", 0 24px 64px -12px rgba(10,12,20,.35)";
        var shadow = new Shadow();
        for (var n = 1; n < shadow.Elevation.Length; n++) shadow.Elevation[n] = n <= 3 ? Hairline : n <= 15 ? Floating : Dialog;
        return shadow;
    }
}
