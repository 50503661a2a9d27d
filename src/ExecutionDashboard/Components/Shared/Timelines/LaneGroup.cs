using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>Lanes that are shown together under a head. Belongs to one circuit.</summary>
/// <param name="key">What its nodes share; empty for those without it.</param>
/// <param name="name">The key as people read it.</param>
/// <param name="nodes">Its nodes, in the order of their lanes.</param>
public sealed class LaneGroup(string key, string name, IReadOnlyList<string> nodes)
{
    private readonly NodeNumbers _numbers = new(nodes);

    /// <summary>What its nodes share; empty for those without it.</summary>
    public string Key { get; } = key;

    /// <summary>The key as people read it.</summary>
    public string Name { get; } = name;

    /// <summary>Its nodes, in the order of their lanes.</summary>
    public IReadOnlyList<string> Nodes => _numbers.Ids;

    /// <summary>How many of its nodes have each state as their worst, the worst first. Nodes on which nothing is known to run are left out.</summary>
    /// <param name="worst">The worst state of each node.</param>
    public IReadOnlyList<(ExecutionState State, int Nodes)> States(NodeWorst worst) => worst.Count(_numbers);
}
