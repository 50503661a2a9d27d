using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>What is wrong with nodes, and what those have in common that something is wrong with.</summary>
/// <param name="Troubled">Nodes in trouble.</param>
/// <param name="Nodes">Nodes in all.</param>
/// <param name="Traits">What they share that the others do not: see <see cref="CommonTraits"/>.</param>
public sealed record NodeTrouble(int Troubled, int Nodes, IReadOnlyList<CommonTrait> Traits)
{
    /// <summary>The trouble of a whole fleet. The connection is left out of the traits: it is the trouble itself.</summary>
    public static NodeTrouble Of(FleetStore store)
    {
        List<Node> troubled = [], healthy = [];
        foreach (var node in store.Nodes) (WhyOf(node, store).Length > 0 ? troubled : healthy).Add(node);
        var traits = CommonTraits.Of(troubled, healthy).Where(t => t.Name != "connection").ToArray();
        return new(troubled.Count, troubled.Count + healthy.Count, traits);
    }

    /// <summary>Why a node is in trouble, in words; empty when it is not.</summary>
    public static string WhyOf(Node node, FleetStore store)
    {
        if (!node.IsConnected) return node.Connection.Length > 0 ? $"it is {node.Connection}" : "its connection is not known";
        if (store.ConnectionOf(node.Id) == FleetStore.StaleConnection) return "its last heartbeat is stale";
        var worst = store.WorstOn(node.Id);
        return worst.Known is KnownExecutionState.Failed or KnownExecutionState.Lost or KnownExecutionState.Degraded ? $"an execution on it is {worst.Name}" : "";
    }
}
