using System.Globalization;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>The values that have a colour on the map, and the filter for each.</summary>
public static class NodeColoring
{
    // Few distinct colours; the remaining values share one.
    private const int MostDistinct = 12;

    private static readonly string[] Connections = ["lost", "disconnected", FleetStore.StaleConnection, "connecting", "connected"];

    /// <summary>The query with a value's filter added, or removed when it was set. Null for a value that has no filter.</summary>
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

    /// <summary>Whether a value's filter is set.</summary>
    public static bool IsOn(NodeQuery query, NodeMapView view, string? value) => value is not null && view.Color switch
    {
        NodeColor.State => query.Worst.Contains(value.Length == 0 ? default : ExecutionState.Parse(value)),
        NodeColor.Connection => query.Connections.Contains(value, StringComparer.OrdinalIgnoreCase),
        NodeColor.Load => NodeLoads.Parse(value) is { } load && query.Loads.Contains(load),
        NodeColor.Agent => query.Agents.Contains(value),
        _ => query.Job == view.Job && query.Versions.Contains(int.Parse(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The query without the filters of the colour and without chosen ids: the base of the legend's counts.</summary>
    internal static NodeQuery Without(NodeQuery query, NodeColor color) => (color switch
    {
        NodeColor.State => query with { Worst = [] },
        NodeColor.Connection => query with { Connections = [] },
        NodeColor.Load => query with { Loads = [] },
        NodeColor.Agent => query with { Agents = [] },
        _ => query with { Job = "", Versions = [] },
    }) with { Ids = [] };

    /// <summary>The values with a colour of their own, in order; later values are appended.</summary>
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
