namespace ExecutionDashboard.Components.Layout;

/// <summary>The chosen theme and the resulting colour scheme. Stored in a cookie, so that the first paint is right.</summary>
/// <param name="Mode"><c>system</c>, <c>light</c> or <c>dark</c>.</param>
/// <param name="IsDark">The scheme in use.</param>
public readonly record struct ThemeChoice(string Mode, bool IsDark)
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "theme";

    /// <summary>Parses <c>mode.scheme</c>; anything else is the system's theme, light.</summary>
    public static ThemeChoice Parse(string? text)
    {
        var parts = (text ?? "").Split('.');
        var mode = parts[0] is "light" or "dark" ? parts[0] : "system";
        return new(mode, mode == "dark" || (mode == "system" && parts.ElementAtOrDefault(1) == "dark"));
    }

    /// <summary>The choice of a person instead of the browser's; null when the person made none.</summary>
    public ThemeChoice With(string? mode) => mode is null || mode == Mode ? this : new(mode, mode == "dark" || (mode == "system" && IsDark));
}
