using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>Ids of the nodes with at least one matching execution. Costs one pass over the rows that the query's indexes leave.</summary>
    public IReadOnlySet<string> NodesOf(ExecutionQuery query) => _gate.Read(() =>
    {
        var seen = new bool[_table.Nodes.Count];
        var visitor = new NodeVisitor(_table, seen);
        new QueryPlan(_table, new RowFilter(_table, query, _catalog)).Scan(ref visitor);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        // Number 0 stands for "no node".
        for (var number = 1; number < seen.Length; number++)
            if (seen[number]) ids.Add(_table.Nodes[number].Id);
        return ids;
    });

    /// <summary>Whether each of the executions matches, in the order given; false for unknown ones.</summary>
    public IReadOnlyList<bool> Matching(ExecutionQuery query, IReadOnlyList<string> executionIds) => _gate.Read(() =>
    {
        var filter = new RowFilter(_table, query, _catalog);
        var matching = new bool[executionIds.Count];
        for (var i = 0; i < matching.Length; i++) matching[i] = _table.Find(executionIds[i]) is var row and >= 0 && filter.Matches(row);
        return matching;
    });

    /// <summary>Ids of nodes that executions refer to and the control plane does not list. Free when there are none.</summary>
    public IReadOnlyList<string> UnlistedNodes() => _gate.Read(() =>
    {
        var ids = new List<string>();
        // Each listed node has a number, and number 0 stands for "no node".
        if (_catalog.Nodes.Count == _table.Nodes.Count - 1) return ids;
        for (var number = 1; number < _table.Nodes.Count; number++)
            if (_table.Nodes[number] is { } node && node.Tally.Total(ExecutionScope.All) > 0 && _catalog.FindNode(node.Id) is null) ids.Add(node.Id);
        return ids;
    });

    /// <summary>Worst state of the current executions on each node. Costs one pass over the nodes.</summary>
    public NodeWorst Worst() => _gate.Read(() =>
    {
        var states = new List<ExecutionState>();
        var places = new Dictionary<ExecutionState, ushort>();
        var byNumber = new ushort[_table.Nodes.Count];
        for (var number = 1; number < byNumber.Length; number++)
        {
            var state = NodeStates.Worst(_table.Nodes[number], _table.States);
            if (state.IsNone) continue;
            if (!places.TryGetValue(state, out var place))
            {
                states.Add(state);
                places[state] = place = (ushort)states.Count;
            }
            byNumber[number] = place;
        }
        return new NodeWorst(this, states, byNumber);
    });

    private readonly struct NodeVisitor(ExecutionTable table, bool[] seen) : IRowVisitor
    {
        public void Visit(int row)
        {
            if (table.Node[row] is var node && node < seen.Length) seen[node] = true;
        }
    }
}
