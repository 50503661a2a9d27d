using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Components.Pages.Nodes;

/// <summary>One row as it is drawn.</summary>
/// <param name="Index">Place in the list, from 0.</param>
/// <param name="Standing">The node as it is now; null when it is gone from the control plane.</param>
public sealed record NodeRow(int Index, NodeStanding? Standing)
{
    /// <summary>Identity of the row in the document.</summary>
    public object Key => Standing?.Node.Id ?? (object)Index;
}

/// <summary>What one viewer's list of nodes holds: a selection that stands still, and what is on screen of it. Knows no Blazor. Belongs to one circuit.</summary>
public sealed class NodeList(Replica replica, TimeProvider time, NodeQuery first)
{
    private FleetStore _store = replica.Store;
    private NodeSelection _selection = replica.Store.SelectNodes(first);
    private long _drawn;
    private int _start;
    private int _count;

    /// <summary>What is listed.</summary>
    public NodeQuery Query { get; private set; } = first;

    /// <summary>Nodes held.</summary>
    public int Count => _selection.Count;

    /// <summary>Nodes that match by now and are not held.</summary>
    public int NewCount => _selection.NewCount;

    /// <summary>Nodes that match now.</summary>
    public int MatchingNow => _selection.MatchingNow;

    /// <summary>Since when nothing is followed, UTC; null while it is.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    /// <summary>Place of the row that the keys are on; -1 when on none.</summary>
    public int Cursor { get; private set; } = -1;

    /// <summary>Lists what a query finds now.</summary>
    public void Show(NodeQuery query)
    {
        if (!query.Equals(Query)) Cursor = -1;
        Query = query;
        _store = replica.Store;
        _selection = _store.SelectNodes(query);
        _drawn = _selection.Mark;
    }

    /// <summary>Lists what the same query finds now.</summary>
    public void ShowNew() => Show(Query);

    /// <summary>Stops to follow, or follows again.</summary>
    public void Pause(bool paused) => PausedSince = paused ? PausedSince ?? time.GetUtcNow() : null;

    /// <summary>Brings what is shown to the present. Cost: the changes since the last tick and the rows on screen.</summary>
    public ListMove Follow()
    {
        if (PausedSince is not null) return ListMove.None;
        if (!ReferenceEquals(_store, replica.Store) || _selection.Count == 0)
        {
            var before = (_store, _selection.Count);
            Show(Query);
            return before == (_store, _selection.Count) ? ListMove.None : ListMove.Rows;
        }
        var (news, matching) = (_selection.NewCount, _selection.MatchingNow);
        _store.Refresh(_selection);
        if (_store.AnyChanged(_selection, _start, _count, _drawn))
        {
            _drawn = _selection.Mark;
            return ListMove.Rows;
        }
        return news != _selection.NewCount || matching != _selection.MatchingNow ? ListMove.Counts : ListMove.None;
    }

    /// <summary>Rows to draw; remembers them as the ones on screen.</summary>
    public IReadOnlyList<NodeRow> Rows(int start, int count)
    {
        (_start, _count) = (start, count);
        var nodes = _store.NodesOf(_selection, start, count);
        return [.. nodes.Select((node, i) => new NodeRow(start + i, node))];
    }

    /// <summary>Moves the keys' row by one or more; false when there is none to move to.</summary>
    public bool MoveCursor(int by)
    {
        if (Count == 0) return false;
        Cursor = Math.Clamp(Cursor < 0 ? (by > 0 ? 0 : Count - 1) : Cursor + by, 0, Count - 1);
        return true;
    }

    /// <summary>The node that the keys are on.</summary>
    public Node? AtCursor() => Cursor >= 0 && _store.NodesOf(_selection, Cursor, 1) is [{ } standing] ? standing.Node : null;
}
