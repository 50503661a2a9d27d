using System.Runtime.InteropServices;

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
    /// The state that needs a person most on each node, of the executions that nothing has followed yet; nodes without such have no entry.
    /// Cost: one pass over the executions.
    /// </summary>
    /// <param name="severity">How much a state needs a person; the highest wins.</param>
    public IReadOnlyDictionary<string, ExecutionState> WorstByNode(Func<ExecutionState, int> severity) => _gate.Read(() =>
    {
        var worst = new Dictionary<int, (int Severity, int State)>();
        for (var row = 0; row < _table.RowCount; row++)
        {
            if (!_table.IsLive(row) || _table.Node[row] is not (var node and not 0) || _table.Next[row] != default) continue;
            ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(worst, node, out var known);
            var rank = severity(_table.States[_table.State[row]]);
            if (!known || rank > held.Severity) held = (rank, _table.State[row]);
        }
        return worst.ToDictionary(w => _table.Nodes[w.Key].Id, w => _table.States[w.Value.State], StringComparer.Ordinal);
    });

    private readonly struct NodeVisitor(ExecutionTable table, bool[] seen) : IRowVisitor
    {
        public void Visit(int row)
        {
            if (table.Node[row] is var node && node < seen.Length) seen[node] = true;
        }
    }
}
