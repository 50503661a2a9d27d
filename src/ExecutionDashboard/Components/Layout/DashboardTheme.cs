using MudBlazor;

namespace ExecutionDashboard.Components.Layout;

/// <summary>Colours and fonts of the dashboard. Every text colour has a contrast of at least 4.5:1 on its backgrounds, in both schemes.</summary>
public static class DashboardTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "Segoe UI", "Roboto", "DejaVu Sans", "sans-serif"];

    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1d5bc4", PrimaryContrastText = "#ffffff", Secondary = "#4a5568", SecondaryContrastText = "#ffffff",
            Background = "#f5f6f8", Surface = "#ffffff", AppbarBackground = "#ffffff", AppbarText = "#18202c",
            DrawerBackground = "#ffffff", DrawerText = "#18202c", DrawerIcon = "#4a5568",
            TextPrimary = "#18202c", TextSecondary = "#4a5568", TextDisabled = "#69748a", ActionDefault = "#4a5568", ActionDisabled = "#69748a",
            Divider = "#dde1e8", LinesDefault = "#dde1e8", LinesInputs = "#7c8799", TableLines = "#e6e9ee",
            Success = "#146c37", SuccessContrastText = "#ffffff", Warning = "#8a5300", WarningContrastText = "#ffffff",
            Error = "#b3261e", ErrorContrastText = "#ffffff", Info = "#1d5bc4", InfoContrastText = "#ffffff",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab4ff", PrimaryContrastText = "#0b1220", Secondary = "#a9b4c4", SecondaryContrastText = "#0b1220",
            Background = "#0f141b", Surface = "#171d26", AppbarBackground = "#171d26", AppbarText = "#e7ebf1",
            DrawerBackground = "#171d26", DrawerText = "#e7ebf1", DrawerIcon = "#a9b4c4",
            TextPrimary = "#e7ebf1", TextSecondary = "#a9b4c4", TextDisabled = "#8792a4", ActionDefault = "#a9b4c4", ActionDisabled = "#8792a4",
            Divider = "#2a323e", LinesDefault = "#2a323e", LinesInputs = "#6b7789", TableLines = "#232b36",
            Success = "#6fcf97", SuccessContrastText = "#0b1220", Warning = "#f0b14a", WarningContrastText = "#0b1220",
            Error = "#ff8a80", ErrorContrastText = "#0b1220", Info = "#8ab4ff", InfoContrastText = "#0b1220",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.45" },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none", FontWeight = "500" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "208px", AppbarHeight = "52px" },
    };
}
