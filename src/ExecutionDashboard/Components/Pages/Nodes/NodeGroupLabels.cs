using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>Texts of groups of nodes.</summary>
public static class NodeGroupLabels
{
    private const int MostLabels = 40;

    private static readonly (NodeGroupField Field, string Word, string None)[] Fields =
    [
        (NodeGroupField.Connection, "connection", "unknown"), (NodeGroupField.State, "worst state", "no executions"), (NodeGroupField.Version, "agent version", "unknown version"),
        (NodeGroupField.Plane, "plane", "no plane"),
    ];

    /// <summary>What nodes can be grouped by: as in the address, and in words.</summary>
    public static IEnumerable<(string Code, string Word)> Choices(FleetStore store)
    {
        foreach (var (field, word, _) in Fields.Where(f => f.Field != NodeGroupField.Plane || store.Planes.AreSeveral)) yield return (new NodeListGrouping(field).ToString(), char.ToUpperInvariant(word[0]) + word[1..]);
        foreach (var key in LabelChoices.Of(store.NodeFacets, store.NodeCount).Take(MostLabels)) yield return (new NodeListGrouping(NodeGroupField.Label, key).ToString(), "Label " + key);
    }

    /// <summary>A grouping in words.</summary>
    public static string Word(NodeListGrouping grouping) => grouping.Field == NodeGroupField.Label ? "label " + grouping.Label : Array.Find(Fields, f => f.Field == grouping.Field).Word ?? "";

    /// <summary>Name of a group.</summary>
    public static string Name(NodeListGrouping grouping, NodeGroup group) => grouping.Field switch
    {
        NodeGroupField.Label when group.IsWithout => "no " + grouping.Label,
        NodeGroupField.Label when group.Value.Length == 0 => grouping.Label + " is empty",
        NodeGroupField.Connection => NodeLabels.Connection(group.Value),
        _ when group.IsWithout => Array.Find(Fields, f => f.Field == grouping.Field).None,
        _ => Masked.Text(group.Value),
    };

    /// <summary>Its nodes by connection.</summary>
    public static IReadOnlyList<GroupPart> Parts(NodeGroup group) =>
        [.. group.Connections.Select(c => new GroupPart(NodeLabels.Class(c.Connection), Icon.Of(NodeLabels.Icon(c.Connection)), NodeLabels.Connection(c.Connection), c.Nodes))];
}
