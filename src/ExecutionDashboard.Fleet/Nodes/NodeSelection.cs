using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>
/// The nodes that matched a query, held still: which, in which order, at one moment. They are read through it as they are now; what came to match
/// since waits in <see cref="NewCount"/>. Made by <see cref="FleetStore.SelectNodes"/>; belongs to one viewer, not safe for concurrent use.
/// </summary>
public sealed class NodeSelection
{
    internal NodeSelection(NodeQuery query, FleetStore store, int[] order, long mark)
    {
        Query = query;
        Hold(store, order, mark);
    }

    /// <summary>What was asked.</summary>
    public NodeQuery Query { get; }
    /// <summary>Nodes held.</summary>
    public int Count => Order.Length;
    /// <summary>Nodes that match now and are not held.</summary>
    public int NewCount => Arrived.Count;
    /// <summary>How many match now, exactly.</summary>
    public int MatchingNow => Count - Left.Count + Arrived.Count;
    /// <summary>The moment that the counts are of; grows with every change of a node.</summary>
    public long Mark { get; internal set; }

    internal FleetStore Store { get; private set; } = null!;
    internal int[] Order { get; private set; } = [];
    internal RowSet Held { get; private set; } = null!;
    internal RowSet Arrived { get; private set; } = null!;
    internal RowSet Left { get; private set; } = null!;

    /// <summary>Starts over with other nodes.</summary>
    internal void Hold(FleetStore store, int[] order, long mark)
    {
        var held = new RowSet();
        foreach (var number in order) held.Add(number);
        (Store, Order, Held, Arrived, Left, Mark) = (store, order, held, new RowSet(), new RowSet(), mark);
    }

    /// <summary>Notes whether a changed node matches now.</summary>
    internal void Judge(int number, bool matches)
    {
        var held = Held.Contains(number);
        Arrived.Set(number, matches && !held);
        Left.Set(number, held && !matches);
    }
}

/// <summary>A node with the states of its current executions.</summary>
/// <param name="Node">The node.</param>
/// <param name="Current">Counts by state of the executions on it that no other has replaced.</param>
/// <param name="Worst">The worst of these states; the state without a name when it has none.</param>
/// <param name="Matches">It would be found again by the query it was listed for.</param>
/// <param name="HasStaleHeartbeat">The server calls it connected, and its last heartbeat is older than it may be.</param>
public sealed record NodeStanding(Node Node, StateCounts Current, ExecutionState Worst, bool Matches, bool HasStaleHeartbeat)
{
    /// <summary>Its connection: as the server sends it, or <see cref="FleetStore.StaleConnection"/>.</summary>
    public string Connection => HasStaleHeartbeat ? FleetStore.StaleConnection : Node.Connection;
}
