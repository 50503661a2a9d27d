using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.Keys;

/// <summary>A page of the navigation.</summary>
/// <param name="Path">Its address, relative to the base.</param>
/// <param name="Name">Its name.</param>
/// <param name="Icon">Its icon, without prefix.</param>
/// <param name="Key">The key that goes to it after <c>g</c>.</param>
/// <param name="Kind">The kind of things that it lists; null for none of its own.</param>
public sealed record AppPage(string Path, string Name, string Icon, string Key, FleetKind? Kind = null)
{
    /// <summary>All pages, in the order of the navigation. The palette and the keys have the same.</summary>
    public static IReadOnlyList<AppPage> All { get; } =
    [
        new("", "Overview", "overview", "o"), new("attention", "Attention", "attention", "a"), new("executions", "Executions", "executions", "e", FleetKind.Execution),
        new("nodes", "Nodes", "nodes", "n", FleetKind.Node), new("deployments", "Deployments", "deployments", "d", FleetKind.Deployment), new("jobs", "Jobs", "jobs", "j", FleetKind.Job),
        new("timeline", "Timeline", "timeline", "t"), new("changes", "What changed", "changes", "c"), new("specs", "Specs", "specs", "s"), new("bulk", "Bulk runs", "copy", "b"), new("audit", "Audit", "audit", "u"),
    ];
}
