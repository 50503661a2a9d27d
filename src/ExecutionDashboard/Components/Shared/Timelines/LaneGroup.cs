using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Components.Shared.Timelines;

/// <summary>Lanes that are shown together under a head.</summary>
/// <param name="Key">What its nodes share; empty for those without it.</param>
/// <param name="Name">The key as people read it.</param>
/// <param name="Nodes">Its nodes, in the order of their lanes.</param>
public sealed record LaneGroup(string Key, string Name, IReadOnlyList<string> Nodes)
{
    /// <summary>How many of its nodes have each state as their worst, the worst first. Nodes on which nothing is known to run are left out.</summary>
    /// <param name="worst">The worst state by node.</param>
    public IReadOnlyList<(ExecutionState State, int Nodes)> States(IReadOnlyDictionary<string, ExecutionState> worst)
    {
        var counts = new Dictionary<ExecutionState, int>();
        foreach (var id in Nodes)
            if (worst.TryGetValue(id, out var state)) counts[state] = counts.GetValueOrDefault(state) + 1;
        return [.. counts.Select(c => (c.Key, c.Value)).OrderBy(c => c.Key.Rank).ThenBy(c => c.Key.Name, StringComparer.Ordinal)];
    }
}
