using System.Globalization;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>The values that a map's colours stand for, and the filters they are.</summary>
public static class NodeColoring
{
    // A few colours that can be told apart, not a rainbow: what is rarer than these shares one.
    private const int MostDistinct = 12;

    private static readonly string[] Connections = ["lost", "disconnected", FleetStore.StaleConnection, "connecting", "connected"];

    /// <summary>The query with a colour's value as a filter, or without it when it was one. Null for a value that cannot be filtered by.</summary>
    public static NodeQuery? Toggle(NodeQuery query, NodeMapView view, string? value)
    {
        if (value is null) return null;
        return view.Color switch
        {
            NodeColor.State => query with { Worst = Toggled(query.Worst, value.Length == 0 ? default : ExecutionState.Parse(value)) },
            NodeColor.Connection => query with { Connections = Toggled(query.Connections, value) },
            NodeColor.Load => NodeLoads.Parse(value) is { } load ? query with { Loads = Toggled(query.Loads, load) } : null,
            NodeColor.Agent => query with { Agents = Toggled(query.Agents, value) },
            _ => WithVersion(query, view.Job, int.Parse(value, CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>Whether a colour's value is filtered by.</summary>
    public static bool IsOn(NodeQuery query, NodeMapView view, string? value) => value is not null && view.Color switch
    {
        NodeColor.State => query.Worst.Contains(value.Length == 0 ? default : ExecutionState.Parse(value)),
        NodeColor.Connection => query.Connections.Contains(value, StringComparer.OrdinalIgnoreCase),
        NodeColor.Load => NodeLoads.Parse(value) is { } load && query.Loads.Contains(load),
        NodeColor.Agent => query.Agents.Contains(value),
        _ => query.Job == view.Job && query.Versions.Contains(int.Parse(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The query without its part about what a map is coloured by, and without chosen ids: what a legend counts.</summary>
    internal static NodeQuery Without(NodeQuery query, NodeColor color) => (color switch
    {
        NodeColor.State => query with { Worst = [] },
        NodeColor.Connection => query with { Connections = [] },
        NodeColor.Load => query with { Loads = [] },
        NodeColor.Agent => query with { Agents = [] },
        _ => query with { Job = "", Versions = [] },
    }) with { Ids = [] };

    /// <summary>The values with a colour of their own, in the order of their meaning; values that come later are put behind.</summary>
    internal static List<string> Values(FleetStore store, NodeMapView view) => view.Color switch
    {
        NodeColor.State => [.. NodeStates.WorstFirst.Select(s => s.Name)],
        NodeColor.Connection => [.. Connections],
        NodeColor.Load => [.. NodeLoads.All.Select(NodeLoads.Name)],
        NodeColor.Agent => [.. store.NodeFacets.Agents.Take(MostDistinct).Select(a => a.Value)],
        _ => [.. Enumerable.Range(0, MostDistinct - 1).Select(i => (store.FindJob(view.Job)?.Version ?? 0) - i).Where(v => v > 0).Append(0)
            .Select(v => v.ToString(CultureInfo.InvariantCulture))],
    };

    private static NodeQuery WithVersion(NodeQuery query, string job, int version)
    {
        var versions = Toggled(query.Job == job ? query.Versions : [], version);
        return query with { Job = versions.Count > 0 ? job : "", Versions = versions };
    }

    private static IReadOnlyList<T> Toggled<T>(IReadOnlyList<T> values, T value) =>
        values.Contains(value) ? [.. values.Where(v => !EqualityComparer<T>.Default.Equals(v, value))] : [.. values, value];
}
