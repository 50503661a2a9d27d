using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Labels and addresses of nodes.</summary>
public static class NodeLabels
{
    private const string Folder = "nodes/";

    /// <summary>Address of a node's page.</summary>
    public static string Address(string id) => IdAddress.Of(Folder, id);

    /// <summary>The id in an address made by <see cref="Address"/>; null for another page.</summary>
    public static string? IdIn(string address) => IdAddress.In(Folder, address);

    /// <summary>Label of a connection: as sent, except for a stale heartbeat.</summary>
    public static string Connection(string connection) => connection switch
    {
        "" => "unknown",
        FleetStore.StaleConnection => "stale heartbeat",
        _ => connection.ToLowerInvariant(),
    };

    /// <summary>Name of a connection's icon, without its prefix.</summary>
    public static string Icon(string connection) => connection.ToLowerInvariant() switch
    {
        FleetStore.StaleConnection => "warning",
        "connected" => "connected",
        "connecting" => "starting",
        "disconnected" => "disconnected",
        "lost" => "lost",
        _ => "other",
    };

    /// <summary>CSS class of a connection's colours.</summary>
    public static string Class(string connection) => connection.ToLowerInvariant() switch
    {
        FleetStore.StaleConnection => "st-other",
        "connected" => "st-running",
        "connecting" => "st-starting",
        "disconnected" => "st-degraded",
        "lost" => "st-lost",
        _ => "st-other",
    };

    /// <summary>Since when a node is connected or disconnected, UTC; null when not sent.</summary>
    public static DateTimeOffset? Since(Node node) => node.IsConnected ? node.ConnectedSince : node.DisconnectedSince;

    /// <summary>System and architecture as far as known: <c>linux/arm64</c>.</summary>
    public static string System(Node node) => string.Join('/', new[] { node.OperatingSystem, node.Architecture }.Where(t => t.Length > 0));
}
