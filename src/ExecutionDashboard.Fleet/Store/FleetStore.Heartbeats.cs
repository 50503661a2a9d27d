using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>
    /// Connection state of a node that the server reports as connected although its last heartbeat is too old (<see cref="MarkStaleHeartbeats"/>). Filters, counts
    /// and maps treat it as a state of its own.
    /// </summary>
    public const string StaleConnection = "stale";

    private DateTimeOffset _oldestHeartbeat = DateTimeOffset.MinValue;
    private IReadOnlyDictionary<string, DateTimeOffset>? _oldestOfPlanes;

    /// <summary>A node's connection: as sent, or <see cref="StaleConnection"/>; empty for an unknown node.</summary>
    public string ConnectionOf(string nodeId) => _catalog.FindNode(nodeId) is { } node && _table.Nodes.Find(nodeId) is { } group ? ConnectionOf(node, group) : "";

    /// <summary>
    /// Marks connected nodes whose last heartbeat is before a time by the server's clock, now and in later changes; true when the set of marked nodes changed. Nodes
    /// without a reported heartbeat are never marked. Called by the writer. Costs one pass over the nodes.
    /// </summary>
    /// <param name="oldest">The time.</param>
    /// <param name="ofPlanes">The times of planes, by their names, since each has a clock of its own that stands while the plane cannot be seen; null with one plane.</param>
    public bool MarkStaleHeartbeats(DateTimeOffset oldest, IReadOnlyDictionary<string, DateTimeOffset>? ofPlanes = null)
    {
        _gate.Enter();
        try
        {
            (_oldestHeartbeat, _oldestOfPlanes) = (oldest, ofPlanes);
            var changed = false;
            for (var number = 1; number < _table.Nodes.Count; number++)
            {
                var group = _table.Nodes[number];
                if (_catalog.FindNode(group.Id) is not { } node || IsStale(node) == group.IsStale) continue;
                CountConnection(ConnectionOf(node, group), null);
                group.IsStale = !group.IsStale;
                CountConnection(null, ConnectionOf(node, group));
                _table.Touch(group);
                changed = true;
            }
            return changed;
        }
        finally
        {
            _gate.Exit();
        }
    }

    private bool IsStale(Node node) =>
        node.IsConnected && node.LastHeartbeat is { } last && last < (_oldestOfPlanes is { } own && own.TryGetValue(Planes.Of(node.Id), out var oldest) ? oldest : _oldestHeartbeat);

    internal static string ConnectionOf(Node node, Group group) => group.IsStale ? StaleConnection : node.Connection;
}
