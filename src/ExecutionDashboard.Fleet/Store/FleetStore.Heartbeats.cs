using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store;

public sealed partial class FleetStore
{
    /// <summary>
    /// The connection, among those that servers send, of a node that the server calls connected and whose last heartbeat is older than it may be
    /// (<see cref="MarkStaleHeartbeats"/>): filters, counts and maps tell it from <c>connected</c>.
    /// </summary>
    public const string StaleConnection = "stale";

    private DateTimeOffset _oldestHeartbeat = DateTimeOffset.MinValue;

    /// <summary>A node's connection: as the server sends it, or <see cref="StaleConnection"/>; empty for a node that is not held.</summary>
    public string ConnectionOf(string nodeId) => _catalog.FindNode(nodeId) is { } node && _table.Nodes.Find(nodeId) is { } group ? ConnectionOf(node, group) : "";

    /// <summary>
    /// Marks connected nodes whose last heartbeat is before a moment by the server's clock, and those that come to be so; true when that is
    /// another set of nodes. A node whose heartbeat is not reported is not marked. Called by the thread that applies changes. Cost: the nodes.
    /// </summary>
    public bool MarkStaleHeartbeats(DateTimeOffset oldest)
    {
        _gate.Enter();
        try
        {
            _oldestHeartbeat = oldest;
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

    private bool IsStale(Node node) => node.IsConnected && node.LastHeartbeat is { } last && last < _oldestHeartbeat;

    internal static string ConnectionOf(Node node, Group group) => group.IsStale ? StaleConnection : node.Connection;
}
