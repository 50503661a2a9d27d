using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>The groups of one viewer's list of nodes. Their counts are shared between viewers; what is unfolded is the viewer's own.</summary>
internal sealed class NodeTree(FilteredCounts shared)
{
    private readonly GroupTree<NodeSelection> _lines = new(rows => rows.Count);
    // As they were when the list was made: a group keeps its name and place when its last node leaves it.
    private NodeGroups _held = NodeGroups.None, _now = NodeGroups.None;
    private FleetStore _store = null!;
    private NodeQuery _query = NodeQuery.All;

    /// <summary>What is grouped by.</summary>
    public NodeListGrouping Grouping { get; private set; } = NodeListGrouping.None;

    /// <summary>The lines; null when nothing is grouped.</summary>
    public IGroupTree? Lines => Grouping.IsNone ? null : _lines;

    /// <summary>Groups by something else.</summary>
    public void By(NodeListGrouping grouping)
    {
        if (grouping == Grouping) return;
        Grouping = grouping;
        _lines.Clear();
    }

    /// <summary>Holds the groups that a query has now. Those of them that are unfolded stay so.</summary>
    public void Hold(FleetStore store, NodeQuery query)
    {
        (_store, _query) = (store, query);
        if (Grouping.IsNone) return;
        _held = _now = shared.Of(store, query, Grouping);
        _lines.Hold(_held.All.Select(group => group.Key), Rows);
    }

    /// <summary>Unfolds a group, or folds it.</summary>
    public void Fold(int group, bool open) => _lines.Fold(group, open, Rows);

    /// <summary>Brings the counts to now; true when something on screen changed.</summary>
    public bool Refresh((int Start, int Count) screen, long drawn)
    {
        var before = _now;
        _now = shared.Of(_store, _query, Grouping);
        foreach (var rows in _lines.Open) _store.Refresh(rows);
        var moved = false;
        foreach (var (group, row, count) in _lines.Stretches(screen.Start, screen.Count))
            moved |= row < 0 ? !ReferenceEquals(before, _now) && !Equals(before.Find(_lines.KeyOf(group)), _now.Find(_lines.KeyOf(group)))
                : _store.AnyChanged(_lines.RowsOf(group)!, row, count, drawn);
        return moved;
    }

    /// <summary>The group whose head is at a line, and its counts now; null when there is a node.</summary>
    public (NodeGroup Group, int Place)? HeadAt(int line) => _lines.At(line) is (var group, < 0) ? (Now(group), group) : null;

    /// <summary>The nodes of some lines as they are now; null for a head, and for one that was removed.</summary>
    public IReadOnlyList<NodeSummary?> Read(int line, int count)
    {
        var read = new List<NodeSummary?>();
        foreach (var (group, row, rows) in _lines.Stretches(line, count))
        {
            if (row < 0) read.Add(null);
            else read.AddRange(_store.NodesOf(_lines.RowsOf(group)!, row, rows));
        }
        return read;
    }

    private NodeGroup Now(int place) => _now.Find(_lines.KeyOf(place)) ?? _held.Find(_lines.KeyOf(place))! with { Connections = [] };

    private NodeSelection Rows(string key) => _store.SelectNodes(Grouping.Narrow(_query, _held.Find(key)!));
}
