using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>The worst execution state of each node, at one point in time.</summary>
public sealed class NodeWorst
{
    private readonly IReadOnlyList<ExecutionState> _states;
    // Index of the state plus one; 0 for none.
    private readonly ushort[] _byNumber;

    internal NodeWorst(FleetStore store, IReadOnlyList<ExecutionState> states, ushort[] byNumber) => (Store, _states, _byNumber) = (store, states, byNumber);

    /// <summary>The store that the nodes belong to.</summary>
    public FleetStore Store { get; }

    /// <summary>Worst state on a node; the empty state without known executions.</summary>
    /// <param name="nodeId">The node.</param>
    public ExecutionState Of(string nodeId) =>
        Store.NodeNumber(nodeId) is var number && number < _byNumber.Length && _byNumber[number] is var place and > 0 ? _states[place - 1] : default;

    /// <summary>Number of nodes per state, worst first. Nodes without known executions are not counted.</summary>
    /// <param name="nodes">The nodes.</param>
    public IReadOnlyList<(ExecutionState State, int Nodes)> Count(NodeNumbers nodes)
    {
        var counts = new int[_states.Count + 1];
        foreach (var number in nodes.In(Store))
            if (number < _byNumber.Length) counts[_byNumber[number]]++;
        return [.. _states.Select((state, place) => (state, counts[place + 1])).Where(c => c.Item2 > 0).OrderBy(c => c.state.Rank).ThenBy(c => c.state.Name, StringComparer.Ordinal)];
    }
}

/// <summary>Node ids with their numbers in the store that was last asked: looking up thousands of ids costs more than counting.</summary>
/// <param name="ids">Ids of the nodes.</param>
public sealed class NodeNumbers(IReadOnlyList<string> ids)
{
    private FleetStore? _store;
    private int[] _numbers = [];

    /// <summary>Ids of the nodes.</summary>
    public IReadOnlyList<string> Ids => ids;

    internal int[] In(FleetStore store)
    {
        if (ReferenceEquals(_store, store)) return _numbers;
        var numbers = new int[ids.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = store.NodeNumber(ids[i]);
        (_numbers, _store) = (numbers, store);
        return numbers;
    }
}
