using ExecutionDashboard.Operations.UserData;

namespace ExecutionDashboard.Components.Layout;

/// <summary>Preferences as attributes of the document, so that the first paint has them. <c>js/theme.js</c> and <c>js/zone.js</c> read them.</summary>
public static class PreferenceAttributes
{
    /// <summary>The attributes.</summary>
    /// <param name="preferences">What the person wants.</param>
    /// <param name="theme">The theme that results.</param>
    public static Dictionary<string, object> Of(PersonalPreferences preferences, ThemeChoice theme) => Values(preferences).Append(("known", "yes")).Append(("mode", theme.Mode)).ToDictionary(a => "data-" + a.Item1, a => (object)a.Item2);

    /// <summary>What the document has of each preference but the theme, by the name after <c>data-</c>.</summary>
    public static IEnumerable<(string Name, string Value)> Values(PersonalPreferences preferences) =>
    [
        ("zone", preferences.Zone), ("density", preferences.IsCompact ? "compact" : "comfortable"), ("keys", preferences.HasKeys ? "on" : "off"), ("motion", preferences.ReducesMotion ? "reduced" : "system"),
    ];
}
