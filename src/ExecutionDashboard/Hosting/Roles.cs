using ExecutionDashboard.Hosting.Planes;
using ExecutionDashboard.Hosting.Requests;

namespace ExecutionDashboard.Hosting;

/// <summary>The parts that this process hosts (setting <c>Roles</c>).</summary>
[Flags]
public enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>The pages.</summary>
    Dashboard = 1,
    /// <summary>Polls a control plane, keeps the change log, streams to dashboards.</summary>
    Feed = 2,
    /// <summary>The simulated control plane.</summary>
    Simulator = 4,
}

/// <summary>Reads the setting <c>Roles</c>.</summary>
public static class RolesSetting
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "Roles";

    /// <summary>
    /// The roles of this process. Without the setting: all three, <c>Dashboard,Feed</c> when <c>ControlPlane:Url</c> names another server, or <c>Dashboard</c> with <c>ControlPlanes</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">An unknown role, or none.</exception>
    public static Roles Read(IConfiguration configuration)
    {
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text) && PlaneSettings.AreSet(configuration)) text = nameof(Roles.Dashboard);
        if (string.IsNullOrWhiteSpace(text))
        {
            return string.IsNullOrWhiteSpace(configuration["ControlPlane:Url"])
                ? Roles.Dashboard | Roles.Feed | Roles.Simulator
                : Roles.Dashboard | Roles.Feed;
        }

        var roles = Roles.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Enum.TryParse<Roles>(word, ignoreCase: true, out var role) || role == Roles.None || !Enum.IsDefined(role))
                throw new InvalidOperationException($"Setting 'Roles' has '{word}'; it takes Dashboard, Feed and Simulator, separated by commas.");
            roles |= role;
        }
        if (roles == Roles.None) throw new InvalidOperationException("Setting 'Roles' names no role; it takes Dashboard, Feed and Simulator, separated by commas.");
        Check(roles, configuration);
        return roles;
    }

    private static void Check(Roles roles, IConfiguration configuration)
    {
        if (PlaneSettings.AreSet(configuration))
        {
            PlaneSettings.Read(configuration, roles);
            return;
        }
        var needsControlPlane = roles.HasFlag(Roles.Feed) || roles.HasFlag(Roles.Dashboard);
        if (needsControlPlane && !roles.HasFlag(Roles.Simulator) && string.IsNullOrWhiteSpace(configuration["ControlPlane:Url"]))
            throw new InvalidOperationException("Setting 'ControlPlane:Url' is missing: without the role Simulator the address of an Expanso API is needed.");
        if (roles.HasFlag(Roles.Dashboard) && !roles.HasFlag(Roles.Feed) && FeedAddress.Read(configuration).Count == 0)
            throw new InvalidOperationException("Setting 'Feed:Url' is missing: a Dashboard without the role Feed needs the address of a feed; 'Feed:Urls' takes those of several.");
    }
}
