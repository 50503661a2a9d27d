using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Hosting.Requests;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Planes;

/// <summary>One of several control planes, as the settings name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Feeds">Addresses of its feeds, each with a trailing slash.</param>
/// <param name="Options">Its address and credentials, with the limits of the section <c>ControlPlane</c>, which are the same for all.</param>
internal sealed record PlaneSetting(string Name, IReadOnlyList<Uri> Feeds, ControlPlaneOptions Options);

/// <summary>Reads the settings <c>ControlPlanes:0:Name</c>, <c>:Url</c>, <c>:Feed</c>, <c>:Token</c>, <c>:ApiKey</c> and <c>:TokenUrl</c>, and so on with 1, 2, … A dashboard shows all of them as one fleet.</summary>
internal static class PlaneSettings
{
    /// <summary>Name of the section.</summary>
    public const string Section = "ControlPlanes";

    /// <summary>Stands for the number of a plane in names of settings.</summary>
    public const string AnyPlane = "n";

    private const string Name = "Name", Feed = "Feed";

    private static readonly string[] OfOnePlane =
        [$"{ControlPlaneOptions.Section}:{nameof(ControlPlaneOptions.Url)}", $"{ControlPlaneOptions.Section}:{nameof(ControlPlaneOptions.Token)}", $"{ControlPlaneOptions.Section}:{nameof(ControlPlaneOptions.ApiKey)}", FeedAddress.Key, FeedAddress.ListKey];

    /// <summary>Names of the settings, with <see cref="AnyPlane"/> for the number.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [.. new[] { Name, nameof(ControlPlaneOptions.Url), Feed, nameof(ControlPlaneOptions.Token), nameof(ControlPlaneOptions.ApiKey), nameof(ControlPlaneOptions.TokenUrl) }.Select(key => $"{Section}:{AnyPlane}:{key}")];

    /// <summary>The setting that may be an array.</summary>
    public static string ListKey => $"{Section}:{AnyPlane}:{Feed}";

    /// <summary>Whether there are such settings.</summary>
    public static bool AreSet(IConfiguration configuration) => configuration.GetSection(Section).GetChildren().Any();

    /// <summary>The names of the planes; none where the settings name one plane without a name. Checked by <see cref="Read"/>.</summary>
    public static FleetPlanes Names(IConfiguration configuration) =>
        FleetPlanes.Of([.. configuration.GetSection(Section).GetChildren().Select(plane => plane[Name]?.Trim() ?? "").Where(FleetPlanes.IsName).Distinct(StringComparer.Ordinal)]);

    /// <summary>The planes; empty without any.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="roles">What this process hosts.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong or missing, or settings of one plane are there too; a line for each.</exception>
    public static IReadOnlyList<PlaneSetting> Read(IConfiguration configuration, Roles roles)
    {
        if (!AreSet(configuration)) return [];
        var problems = OfOnePlane.Where(key => !string.IsNullOrWhiteSpace(configuration[key]) || configuration.GetSection(key).GetChildren().Any())
            .Select(key => $"{key} and {Section} are both set: name one control plane by {ControlPlaneOptions.Section}, or several by {Section}.").ToList();
        if (roles != Roles.Dashboard) problems.Add($"{Section} are for a process with the role Dashboard alone: each plane has a feed of its own, which is told its plane by {ControlPlaneOptions.Section}:Url.");
        var planes = configuration.GetSection(Section).GetChildren().Select(plane => ReadOne(plane, configuration, problems)).ToList();
        if (planes.Count > FleetPlanes.Most) problems.Add($"{Section} names {planes.Count} control planes: there may be {FleetPlanes.Most}.");
        foreach (var same in planes.Zip(configuration.GetSection(Section).GetChildren()).Where(one => one.First.Name.Length > 0).GroupBy(one => one.First.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            problems.Add($"{string.Join(" and ", same.Select(one => $"{one.Second.Path}:{Name}"))} are both '{same.Key}': each plane has a name of its own.");
        return problems.Count == 0 ? planes : throw new OptionsValidationException(Section, typeof(PlaneSetting), problems);
    }

    private static PlaneSetting ReadOne(IConfigurationSection plane, IConfiguration configuration, List<string> problems)
    {
        var name = plane[Name]?.Trim() ?? "";
        if (name.Length == 0) problems.Add($"{plane.Path}:{Name} is missing: people see the plane under this name.");
        else if (!FleetPlanes.IsName(name)) problems.Add($"{plane.Path}:{Name} is '{name}': it must be 1 to {FleetPlanes.LongestName} lower-case letters, digits and hyphens, with a letter or digit at both ends.");
        var options = new ControlPlaneOptions();
        // Limits are the dashboard's, for each plane the same; what is the plane's own comes over them.
        configuration.GetSection(ControlPlaneOptions.Section).Bind(options);
        plane.Bind(options);
        if (options.Url.Length == 0) problems.Add($"{plane.Path}:{nameof(ControlPlaneOptions.Url)} is missing: the address of the plane's Expanso API.");
        problems.AddRange(ControlPlaneServices.ProblemsOf(options).Select(problem => problem.Replace($"{ControlPlaneOptions.Section}:", $"{plane.Path}:", StringComparison.Ordinal)));
        return new(name, Feeds(plane, configuration, problems), options);
    }

    private static List<Uri> Feeds(IConfigurationSection plane, IConfiguration configuration, List<string> problems)
    {
        var key = $"{plane.Path}:{Feed}";
        var feeds = new List<Uri>();
        foreach (var text in ListSetting.Read(configuration, key).Distinct(StringComparer.Ordinal))
        {
            if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") feeds.Add(uri!);
            else problems.Add($"{key} has '{text}': it takes absolute http or https addresses, separated by commas.");
        }
        if (feeds.Count == 0 && ListSetting.Read(configuration, key).Count == 0) problems.Add($"{key} is missing: the address of the feed that watches the plane, or of several that share its database.");
        return feeds;
    }
}
