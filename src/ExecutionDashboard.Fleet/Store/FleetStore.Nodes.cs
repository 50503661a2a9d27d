using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>Number of nodes.</summary>
    public int NodeCount => _catalog.Nodes.Count;

    /// <summary>Selects the nodes that match a query, for one viewer.</summary>
    public NodeSelection SelectNodes(NodeQuery query)
    {
        var (order, mark, moment) = OrderedNodes(query);
        return new(query, this, order, mark) { Moment = moment };
    }

    /// <summary>Nodes of a selection as they are now; null for a removed one. Indexes beyond the selection are left out.</summary>
    public IReadOnlyList<NodeSummary?> NodesOf(NodeSelection selection, int start, int count)
    {
        AdoptNodes(selection);
        var from = Math.Clamp(start, 0, selection.Count);
        var to = (int)Math.Clamp((long)start + count, from, selection.Count);
        return _gate.Read(() =>
        {
            var filter = new NodeFilter(selection.Query, _table, _catalog);
            var nodes = new NodeSummary?[to - from];
            for (var i = from; i < to; i++) nodes[i - from] = Summary(selection.Order[i], filter);
            return nodes;
        });
    }

    /// <summary>A node with the states of its executions; null without one.</summary>
    public NodeSummary? FindSummary(string id) => _gate.Read(() => _table.Nodes.Find(id) is { } group ? Summary(group.Number, null) : null);

    /// <summary>Worst state of the current executions on a node; the empty state without any.</summary>
    public ExecutionState WorstOn(string id) => _gate.Read(() => _table.Nodes.Find(id) is { } group ? NodeStates.Worst(group, _table.States) : default);

    /// <summary>Increases when a node, or the state of an execution on it, changes; 0 for an unknown node.</summary>
    public long NodeChangedAt(string id) => _table.Nodes.Find(id)?.ChangedAt ?? 0;

    /// <summary>Increases with every change of a node, of the states of its executions and of whether it has problems.</summary>
    public long NodesChangedAt => _table.NodeJournal.End;

    /// <summary>Updates the counts of a selection. Costs the nodes that changed; all nodes when time went on for filters that depend on it.</summary>
    public void Refresh(NodeSelection selection)
    {
        if (AdoptNodes(selection)) return;
        var journal = _table.NodeJournal;
        var relative = selection.Query.Filter.IsRelative;
        var (verdicts, end, moment) = _gate.Read(() =>
        {
            var filter = new NodeFilter(selection.Query, _table, _catalog);
            var judged = new List<(int Number, bool Matches)>();
            foreach (var number in relative && selection.Moment != _table.Moment ? AllNodes() : ChangedNodes(selection.Mark)) judged.Add((number, filter.Find(number) is not null));
            return (judged, journal.End, _table.Moment);
        });
        foreach (var (number, matches) in verdicts) selection.Judge(number, matches);
        (selection.Mark, selection.Moment) = (end, moment);
    }

    /// <summary>Whether a node from <paramref name="start"/> on changed after <paramref name="mark"/>. Costs the nodes in question.</summary>
    public bool AnyChanged(NodeSelection selection, int start, int count, long mark)
    {
        if (AdoptNodes(selection)) return true;
        for (var i = Math.Max(0, start); i < Math.Min(selection.Count, (long)start + count); i++)
            if (_table.Nodes[selection.Order[i]].ChangedAt > mark) return true;
        return false;
    }

    /// <summary>
    /// Numbers of the nodes that changed since a journal position, distinct; all nodes when the journal does not reach back that far. Call within a read.
    /// </summary>
    internal IReadOnlyCollection<int> ChangedNodes(long mark)
    {
        var journal = _table.NodeJournal;
        if (!journal.Reaches(mark) || journal.End - mark > _table.Nodes.Count) return AllNodes();
        var changed = new HashSet<int>();
        for (var place = mark; place < journal.End; place++) changed.Add(journal[place]);
        return changed;
    }

    private int[] AllNodes() => [.. Enumerable.Range(1, Math.Max(0, _table.Nodes.Count - 1))];

    private NodeSummary? Summary(int number, NodeFilter? filter)
    {
        var group = _table.Nodes[number];
        return _catalog.FindNode(group.Id) is not { } node ? null
            : new(node, group.Tally.Snapshot(_table.States, ExecutionScope.Current), NodeStates.Worst(group, _table.States), filter?.Find(number) is not null, group.IsStale);
    }

    private bool AdoptNodes(NodeSelection selection)
    {
        if (ReferenceEquals(selection.Store, this)) return false;
        var (order, mark, moment) = OrderedNodes(selection.Query);
        selection.Hold(this, order, mark);
        selection.Moment = moment;
        return true;
    }

    private (int[] Order, long Mark, long Moment) OrderedNodes(NodeQuery query)
    {
        var byName = Nodes;
        return _gate.Read(() =>
        {
            var mark = _table.NodeJournal.End;
            var filter = new NodeFilter(query, _table, _catalog);
            var found = new List<(int Number, Node Node)>(query.IsUnfiltered ? byName.Count : 16);
            foreach (var node in byName)
                if (_table.Nodes.Find(node.Id) is { } group && filter.Find(group.Number) is { } now) found.Add((group.Number, now));
            return (NodeOrder.Sorted(found, query, _table), mark, _table.Moment);
        });
    }
}
