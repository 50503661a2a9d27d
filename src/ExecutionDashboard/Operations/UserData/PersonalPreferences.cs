using System.Text.RegularExpressions;

namespace ExecutionDashboard.Operations.UserData;

/// <summary>How a person wants the pages. Immutable; what cannot be read is as if it were not set.</summary>
public sealed partial record PersonalPreferences
{
    /// <summary>Names of the preferences that <see cref="Of"/> reads.</summary>
    public const string ZoneName = "zone", ThemeName = "theme", DensityName = "density", KeysName = "keys", MotionName = "motion", PageName = "page";

    /// <summary>Times are shown in this zone unless something else is chosen.</summary>
    public const string LocalZone = "local";

    /// <summary>Universal time.</summary>
    public const string Utc = "utc";

    /// <summary>Pages that a person can start with, as their paths; the first is the overview.</summary>
    public static IReadOnlyList<string> StartPages { get; } = ["", "attention", "executions", "nodes", "deployments", "jobs", "timeline", "specs"];

    /// <summary>Zone of all times: <see cref="LocalZone"/> for the browser's, <see cref="Utc"/>, or a name of the IANA database.</summary>
    public string Zone { get; init; } = LocalZone;

    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>; null when none was chosen.</summary>
    public string? Theme { get; init; }

    /// <summary>Lists have more rows.</summary>
    public bool IsCompact { get; init; }

    /// <summary>Single keys do something.</summary>
    public bool HasKeys { get; init; } = true;

    /// <summary>Nothing moves, whatever the system says.</summary>
    public bool ReducesMotion { get; init; }

    /// <summary>The page that the dashboard's bare address opens: one of <see cref="StartPages"/>.</summary>
    public string StartPage { get; init; } = "";

    /// <summary>Reads what is kept of a person.</summary>
    public static PersonalPreferences Of(IReadOnlyDictionary<string, string> kept) => new()
    {
        Zone = Value(kept, ZoneName) ?? LocalZone,
        Theme = Value(kept, ThemeName),
        IsCompact = Value(kept, DensityName) == "compact",
        HasKeys = Value(kept, KeysName) != "off",
        ReducesMotion = Value(kept, MotionName) == "reduced",
        StartPage = Value(kept, PageName) ?? "",
    };

    /// <summary>Why a value cannot be kept; empty when it can. An empty value is the default.</summary>
    public static string Problem(string name, string value) => value.Length == 0 ? "" : name switch
    {
        ZoneName => value is LocalZone or Utc || ZoneText().IsMatch(value) ? "" : "A time zone has a name such as Europe/Berlin.",
        ThemeName => OneOf(value, "system", "light", "dark"),
        DensityName => OneOf(value, "comfortable", "compact"),
        KeysName => OneOf(value, "on", "off"),
        MotionName => OneOf(value, "system", "reduced"),
        PageName => StartPages.Contains(value) ? "" : $"There is no page '{value}' to start with.",
        _ => $"There is no preference '{name}'.",
    };

    private static string? Value(IReadOnlyDictionary<string, string> kept, string name) => kept.GetValueOrDefault(name) is { Length: > 0 } value && Problem(name, value).Length == 0 ? value : null;

    private static string OneOf(string value, params ReadOnlySpan<string> words) => words.Contains(value) ? "" : $"It must be one of {string.Join(", ", words.ToArray())}.";

    // Which of them exist only the browser knows, since it computes the times.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+\-]{0,31}(/[A-Za-z0-9_+\-]{1,31}){0,3}\z")]
    private static partial Regex ZoneText();
}
