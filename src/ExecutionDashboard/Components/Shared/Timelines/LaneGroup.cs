using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>A group of lanes with a heading. Belongs to one circuit.</summary>
/// <param name="key">The common value of its nodes; empty for nodes without one.</param>
/// <param name="name">Its label.</param>
/// <param name="nodes">Its nodes, in the order of their lanes.</param>
public sealed class LaneGroup(string key, string name, IReadOnlyList<string> nodes)
{
    private readonly NodeNumbers _numbers = new(nodes);

    /// <summary>The common value of its nodes; empty for nodes without one.</summary>
    public string Key { get; } = key;

    /// <summary>Its label.</summary>
    public string Name { get; } = name;

    /// <summary>Its nodes, in the order of their lanes.</summary>
    public IReadOnlyList<string> Nodes => _numbers.Ids;

    /// <summary>Number of its nodes by worst state, worst first. Nodes without known executions are not counted.</summary>
    /// <param name="worst">Worst states of nodes.</param>
    public IReadOnlyList<(ExecutionState State, int Nodes)> States(NodeWorst worst) => worst.Count(_numbers);
}
