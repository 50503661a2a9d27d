using ExecutionDashboard.Components.Shared.Groups;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>One row of the list.</summary>
/// <param name="Index">Index in the list, from 0.</param>
/// <param name="Summary">The node as it is now; null when it was removed.</param>
/// <param name="Head">The group whose head it is; null for a node.</param>
public sealed record NodeRow(int Index, NodeSummary? Summary, ListGroup? Head = null)
{
    /// <summary>Key of the row for Blazor.</summary>
    public object Key => Head is { } head ? ("group", head.Key) : Summary?.Node.Id ?? (object)Index;
}

/// <summary>One viewer's list of nodes.</summary>
public sealed class NodeList(Replica replica, FilteredCounts filtered, TimeProvider time) : LiveList<NodeQuery>(replica, time, NodeQuery.All)
{
    private readonly NodeTree _tree = new(filtered);
    private NodeSelection _selection = null!;
    private long _drawn;

    /// <inheritdoc/>
    public override int Count => Tree?.Count ?? _selection.Count;

    /// <inheritdoc/>
    public override IGroupTree? Tree => _tree.Lines;

    /// <summary>The address of the list with other filters, for the links of groups.</summary>
    public Func<NodeQuery, string> AddressOf { get; set; } = NodeListUrl.For;

    /// <summary>What the list is grouped by.</summary>
    public NodeListGrouping Grouping => _tree.Grouping;

    /// <inheritdoc/>
    public override int NewCount => _selection.NewCount;

    /// <inheritdoc/>
    public override int MatchingNow => _selection.MatchingNow;

    /// <summary>Groups the list by something else, the next time it is listed.</summary>
    public void GroupBy(NodeListGrouping grouping)
    {
        if (grouping == Grouping) return;
        _tree.By(grouping);
        IsRegrouped = true;
    }

    /// <summary>Rows to draw; remembers them as the ones on screen.</summary>
    public IReadOnlyList<NodeRow> Rows(int start, int count)
    {
        OnScreen = (start, count);
        return [.. Read(start, count).Select((node, i) => Row(start + i, node))];
    }

    /// <summary>The node at the cursor; null when the cursor is on no node, or it was removed.</summary>
    public Node? AtCursor() => Cursor >= 0 && Read(Cursor, 1) is [{ } summary] ? summary.Node : null;

    /// <summary>Whether the head of a group is at a line.</summary>
    public bool IsHead(int line) => Tree is not null && line >= 0 && line < Count && _tree.HeadAt(line) is not null;

    /// <summary>The query of the group whose head is at a line; null where there is a node.</summary>
    public NodeQuery? QueryAt(int line) => IsHead(line) && _tree.HeadAt(line) is { } head ? Grouping.Narrow(Query, head.Group) : null;

    /// <inheritdoc/>
    protected override void Fold(int group, bool open) => _tree.Fold(group, open);

    /// <inheritdoc/>
    protected override void Select()
    {
        _selection = Store.SelectNodes(Query);
        _drawn = _selection.Mark;
        _tree.Hold(Store, Query);
    }

    /// <inheritdoc/>
    protected override bool Refresh()
    {
        Store.Refresh(_selection);
        if (Tree is null ? !Store.AnyChanged(_selection, OnScreen.Start, OnScreen.Count, _drawn) : !_tree.Refresh(OnScreen, _drawn)) return false;
        _drawn = _selection.Mark;
        return true;
    }

    private IReadOnlyList<NodeSummary?> Read(int start, int count) => Tree is null ? Store.NodesOf(_selection, start, count) : _tree.Read(start, count);

    private NodeRow Row(int index, NodeSummary? node)
    {
        if (node is not null || Tree is null || _tree.HeadAt(index) is not { } head) return new(index, node);
        var (group, place) = head;
        return new(index, null, new(
            group.Key, NodeGroupLabels.Name(Grouping, group), group.Value, group.Nodes, NodeGroupLabels.Parts(group), place, Tree.Groups, Tree.IsOpen(place),
            AddressOf(Grouping.Narrow(Query, group))));
    }
}
