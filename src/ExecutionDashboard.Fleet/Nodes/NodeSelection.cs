using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Nodes;

/// <summary>
/// The nodes that matched a query at one point in time, in order. Reading through it gives the nodes as they are now; nodes that match since then are counted in
/// <see cref="NewCount"/>. Made by <see cref="FleetStore.SelectNodes"/>; belongs to one viewer, not safe for concurrent use.
/// </summary>
public sealed class NodeSelection
{
    internal NodeSelection(NodeQuery query, FleetStore store, int[] order, long mark)
    {
        Query = query;
        Hold(store, order, mark);
    }

    /// <summary>The query.</summary>
    public NodeQuery Query { get; }
    /// <summary>Nodes held.</summary>
    public int Count => Order.Length;
    /// <summary>Nodes that match now and are not held.</summary>
    public int NewCount => Arrived.Count;
    /// <summary>Number of nodes that match now.</summary>
    public int MatchingNow => Count - Left.Count + Arrived.Count;
    /// <summary>Version of the counts; increases with every change of a node.</summary>
    public long Mark { get; internal set; }

    /// <summary>The time of the data that spans were measured from, as the columns store it.</summary>
    internal long Moment { get; set; }

    internal FleetStore Store { get; private set; } = null!;
    internal int[] Order { get; private set; } = [];
    internal RowSet Held { get; private set; } = null!;
    internal RowSet Arrived { get; private set; } = null!;
    internal RowSet Left { get; private set; } = null!;

    /// <summary>Replaces the nodes held.</summary>
    internal void Hold(FleetStore store, int[] order, long mark)
    {
        var held = new RowSet();
        foreach (var number in order) held.Add(number);
        (Store, Order, Held, Arrived, Left, Mark) = (store, order, held, new RowSet(), new RowSet(), mark);
    }

    /// <summary>Updates the counts for a changed node.</summary>
    internal void Judge(int number, bool matches)
    {
        var held = Held.Contains(number);
        Arrived.Set(number, matches && !held);
        Left.Set(number, held && !matches);
    }
}

/// <summary>A node with the states of its current executions.</summary>
/// <param name="Node">The node.</param>
/// <param name="Current">Current executions on it by state.</param>
/// <param name="Worst">The worst of these states; the empty state without executions.</param>
/// <param name="Matches">Whether it still matches the query that it was listed for.</param>
/// <param name="HasStaleHeartbeat">Whether the server reports it as connected although its last heartbeat is too old.</param>
public sealed record NodeSummary(Node Node, StateCounts Current, ExecutionState Worst, bool Matches, bool HasStaleHeartbeat)
{
    /// <summary>Its connection state: as sent, or <see cref="FleetStore.StaleConnection"/>.</summary>
    public string Connection => HasStaleHeartbeat ? FleetStore.StaleConnection : Node.Connection;
}
