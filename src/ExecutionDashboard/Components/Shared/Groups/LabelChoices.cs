using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Grouping;

namespace ExecutionDashboard.Components.Shared.Groups;

/// <summary>Label keys that a list can be grouped by.</summary>
public static class LabelChoices
{
    /// <summary>The keys of nodes' labels: first those that divide the nodes into few parts, then the others, the most frequent first.</summary>
    public static IEnumerable<string> Of(NodeFacets facets, int nodes) =>
        facets.Groupable(nodes).Concat(facets.Labels).Select(label => label.Key).Distinct(StringComparer.Ordinal).Where(ExecutionGrouping.IsKey);
}
