using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>The nodes with problems, and what they have in common.</summary>
/// <param name="Troubled">Nodes with problems.</param>
/// <param name="Nodes">All nodes.</param>
/// <param name="Traits">What the nodes with problems have in common: see <see cref="CommonTraits"/>.</param>
public sealed record NodeTrouble(int Troubled, int Nodes, IReadOnlyList<CommonTrait> Traits)
{
    /// <summary>Computes it for the whole fleet. The connection is no trait here, because it is itself a problem.</summary>
    public static NodeTrouble Of(FleetStore store)
    {
        List<Node> troubled = [], healthy = [];
        foreach (var node in store.Nodes) (WhyOf(node, store).Length > 0 ? troubled : healthy).Add(node);
        var traits = CommonTraits.Of(troubled, healthy).Where(t => t.Name != "connection").ToArray();
        return new(troubled.Count, troubled.Count + healthy.Count, traits);
    }

    /// <summary>The problems of a node as a sentence; empty without any.</summary>
    public static string WhyOf(Node node, FleetStore store)
    {
        if (!node.IsConnected) return node.Connection.Length > 0 ? $"it is {node.Connection}" : "its connection is not known";
        if (store.ConnectionOf(node.Id) == FleetStore.StaleConnection) return "its last heartbeat is stale";
        var worst = store.WorstOn(node.Id);
        return worst.Known is KnownExecutionState.Failed or KnownExecutionState.Lost or KnownExecutionState.Degraded ? $"an execution on it is {worst.Name}" : "";
    }
}
