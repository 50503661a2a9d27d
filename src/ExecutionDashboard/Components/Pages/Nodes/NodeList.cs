using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>One row of the list.</summary>
/// <param name="Index">Index in the list, from 0.</param>
/// <param name="Summary">The node as it is now; null when it was removed.</param>
public sealed record NodeRow(int Index, NodeSummary? Summary)
{
    /// <summary>Key of the row for Blazor.</summary>
    public object Key => Summary?.Node.Id ?? (object)Index;
}

/// <summary>One viewer's list of nodes.</summary>
public sealed class NodeList(Replica replica, TimeProvider time) : LiveList<NodeQuery>(replica, time, NodeQuery.All)
{
    private NodeSelection _selection = null!;
    private long _drawn;

    /// <inheritdoc/>
    public override int Count => _selection.Count;

    /// <inheritdoc/>
    public override int NewCount => _selection.NewCount;

    /// <inheritdoc/>
    public override int MatchingNow => _selection.MatchingNow;

    /// <summary>Rows to draw; remembers them as the ones on screen.</summary>
    public IReadOnlyList<NodeRow> Rows(int start, int count)
    {
        OnScreen = (start, count);
        var nodes = Store.NodesOf(_selection, start, count);
        return [.. nodes.Select((node, i) => new NodeRow(start + i, node))];
    }

    /// <summary>The node at the cursor; null when the cursor is on no row, or the node was removed.</summary>
    public Node? AtCursor() => Cursor >= 0 && Store.NodesOf(_selection, Cursor, 1) is [{ } summary] ? summary.Node : null;

    /// <inheritdoc/>
    protected override void Select()
    {
        _selection = Store.SelectNodes(Query);
        _drawn = _selection.Mark;
    }

    /// <inheritdoc/>
    protected override bool Refresh()
    {
        Store.Refresh(_selection);
        if (!Store.AnyChanged(_selection, OnScreen.Start, OnScreen.Count, _drawn)) return false;
        _drawn = _selection.Mark;
        return true;
    }
}
