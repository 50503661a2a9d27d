namespace ExecutionDashboard.Fleet;

public sealed partial class FleetStore
{
    /// <summary>Ids of the nodes with at least one execution that matches. Cost: one pass over what the query's indexes leave.</summary>
    public IReadOnlySet<string> NodesOf(ExecutionQuery query) => _gate.Read(() =>
    {
        var seen = new bool[_table.Nodes.Count];
        var visitor = new NodeVisitor(_table, seen);
        new QueryPlan(_table, new RowFilter(_table, query, _catalog)).Scan(ref visitor);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        // Number 0 is no node.
        for (var number = 1; number < seen.Length; number++)
            if (seen[number]) ids.Add(_table.Nodes[number].Id);
        return ids;
    });

    /// <summary>Whether each of some executions matches, in the order given; one that is not held does not.</summary>
    public IReadOnlyList<bool> Matching(ExecutionQuery query, IReadOnlyList<string> executionIds) => _gate.Read(() =>
    {
        var filter = new RowFilter(_table, query, _catalog);
        var matching = new bool[executionIds.Count];
        for (var i = 0; i < matching.Length; i++) matching[i] = _table.Find(executionIds[i]) is var row and >= 0 && filter.Matches(row);
        return matching;
    });

    /// <summary>
    /// The state that needs a person most on each node, of the executions that nothing has followed yet; nodes without such have no entry. Cost: the nodes.
    /// </summary>
    public IReadOnlyDictionary<string, ExecutionState> WorstByNode() => _gate.Read(() =>
    {
        var worst = new Dictionary<string, ExecutionState>(StringComparer.Ordinal);
        for (var number = 1; number < _table.Nodes.Count; number++)
            if (NodeStates.Worst(_table.Nodes[number], _table.States) is { IsNone: false } state) worst[_table.Nodes[number].Id] = state;
        return worst;
    });

    private readonly struct NodeVisitor(ExecutionTable table, bool[] seen) : IRowVisitor
    {
        public void Visit(int row)
        {
            if (table.Node[row] is var node && node < seen.Length) seen[node] = true;
        }
    }
}
