using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>Tests whether nodes match a query, by their number in the table. Used for one read only.</summary>
internal sealed class NodeFilter
{
    private readonly NodeQuery _query;
    private readonly ExecutionTable _table;
    private readonly Catalog _catalog;
    private readonly List<LabelExpression> _labels = [];
    private readonly HashSet<string>? _ids;
    private readonly int _job;

    public NodeFilter(NodeQuery query, ExecutionTable table, Catalog catalog)
    {
        (_query, _table, _catalog) = (query, table, catalog);
        foreach (var text in query.Labels)
        {
            // An expression that cannot be parsed matches nothing; matching all nodes would look like a result.
            if (LabelExpression.TryParse(text, out var expression, out _)) _labels.Add(expression);
            else MatchesNothing = true;
        }
        if (query.Ids.Count > 8) _ids = new(query.Ids, StringComparer.Ordinal);
        _job = query.Job.Length > 0 ? table.Jobs.Find(query.Job)?.Number ?? -1 : 0;
    }

    private bool MatchesNothing { get; }

    /// <summary>The node with a number, if it exists and matches.</summary>
    public Node? Find(int number)
    {
        if (MatchesNothing || number == 0) return null;
        var group = _table.Nodes[number];
        return _catalog.FindNode(group.Id) is { } node && Matches(node, group) ? node : null;
    }

    private bool Matches(Node node, Group group)
    {
        var q = _query;
        if (q.Connections.Count > 0 && !q.Connections.Contains(FleetStore.ConnectionOf(node, group), StringComparer.OrdinalIgnoreCase)) return false;
        if (q.Ids.Count > 0 && !(_ids?.Contains(node.Id) ?? q.Ids.Contains(node.Id))) return false;
        if (q.Systems.Count > 0 && !q.Systems.Contains(node.OperatingSystem)) return false;
        if (q.Architectures.Count > 0 && !q.Architectures.Contains(node.Architecture)) return false;
        if (q.Agents.Count > 0 && !q.Agents.Contains(node.AgentVersion)) return false;
        if (q.Loads.Count > 0 && !q.Loads.Contains(NodeLoads.Of(node.Resources))) return false;
        foreach (var label in _labels)
            if (!label.MatchesValue(node.Labels.GetValueOrDefault(label.Key))) return false;
        if (q.Worst.Count > 0 && !q.Worst.Contains(NodeStates.Worst(group, _table.States))) return false;
        if (q.Text.Length > 0 && !HasText(node)) return false;
        return q.Job.Length == 0 || RunsIt(group);
    }

    private bool RunsIt(Group group)
    {
        var version = _job < 0 ? 0 : NodeStates.VersionOn(group, _job, _table);
        return _query.Versions.Count == 0 ? version != 0 : _query.Versions.Contains(version);
    }

    private bool HasText(Node node)
    {
        if (In(node.Name) || In(node.Id) || In(node.Hostname)) return true;
        foreach (var (_, value) in node.Labels)
            if (In(value)) return true;
        return false;
    }

    private bool In(string text) => text.Contains(_query.Text, StringComparison.OrdinalIgnoreCase);
}
