using System.Globalization;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Hosting.Keys;
using ExecutionDashboard.Hosting.Limits;
using ExecutionDashboard.Hosting.Planes;
using ExecutionDashboard.Hosting.Requests;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Simulator;

namespace ExecutionDashboard.Hosting.Settings;

/// <summary>
/// The names of all settings of this program. Properties of option classes are found by reflection; a setting that is read by its key must be listed here, because
/// unknown settings stop the start.
/// </summary>
internal static class KnownSettings
{
    /// <summary>Settings with several values; each may be an array.</summary>
    private static readonly string[] Lists = [AllowedHosts.Key, FeedAddress.ListKey, PublicUrls.Key, TrustedProxies.Key, .. RoleBindings.Keys];

    // Receivers of notifications have names of the operator's choice.
    private const string Named = "Notifications", AnyName = "name";
    private static readonly string[] NamedLists = [$"{Named}:{AnyName}:Causes", $"{Named}:{AnyName}:Headers", PlaneSettings.ListKey];

    /// <summary>All names, such as <c>ControlPlane:Url</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [..
        ((string[])[RolesSetting.Key, FeedAddress.Key, FeedKeySetting.Key, FeedKeySetting.FileKey, PathBase.Key, .. Lists])
        .Concat(Of<ControlPlaneOptions>(ControlPlaneOptions.Section)).Concat(Of<LimitsOptions>(LimitsOptions.Section)).Concat(Of<AttentionOptions>(AttentionOptions.Section))
        .Concat(Of<AuthOptions>(AuthOptions.Section)).Concat(Of<BulkOptions>(BulkOptions.Section))
        .Concat(FeedHosting.Settings).Concat(SimulatorHosting.Settings).Concat(PlaneSettings.Keys)
        .Distinct(StringComparer.OrdinalIgnoreCase)
    ];

    /// <summary>The sections, such as <c>ControlPlane</c>.</summary>
    public static IReadOnlyList<string> Sections { get; } = [.. All.Where(name => name.Contains(':', StringComparison.Ordinal)).Select(name => name.Split(':')[0]).Distinct()];

    /// <summary>A key with <c>name</c> in place of a name that the operator chose, or <c>n</c> in place of a number, and that name or number; the key itself and nothing where there is none in it.</summary>
    public static (string Key, string Name) Canonical(string key) =>
        key.Split(':') is not [var section, var name, _, ..] parts ? (key, "")
        : section.Equals(Named, StringComparison.OrdinalIgnoreCase) ? (string.Join(':', [Named, AnyName, .. parts[2..]]), name)
        : section.Equals(PlaneSettings.Section, StringComparison.OrdinalIgnoreCase) && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? (string.Join(':', [PlaneSettings.Section, PlaneSettings.AnyPlane, .. parts[2..]]), name)
        : (key, "");

    /// <summary>Whether a key is a setting, or an element of one.</summary>
    public static bool Contains(string key) => IsKnown(Canonical(key).Key);

    private static bool IsKnown(string key) => IsIn(All, key) || (key.LastIndexOf(':') is var end and > 0 && int.TryParse(key.AsSpan(end + 1), out _) && IsIn(Lists.Concat(NamedLists), key[..end]));

    private static bool IsIn(IEnumerable<string> names, string key) => names.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Of<T>(string section) => typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => $"{section}:{property.Name}");
}
