using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads nodes.</summary>
internal static class NodeReader
{
    /// <summary>A node; null without an id.</summary>
    public static Node? Read(JsonElement element, PageReading page)
    {
        var id = "";
        JsonElement spec = default, status = default, identity = default;
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("id"u8)) id = field.Value.Text();
            else if (field.Is("spec"u8)) spec = field.Value;
            else if (field.Is("status"u8)) status = field.Value;
            else if (field.Is("identity"u8)) identity = field.Value;
        }
        return id.Length == 0 ? null : WithStatus(status, page, WithSpec(spec, page, new Node { Id = id, Identity = page.Map(identity) }));
    }

    private static Node WithSpec(JsonElement spec, PageReading page, Node node)
    {
        string name = "", host = "", os = "", architecture = "", agent = "", fingerprint = "";
        var labels = Fields.NoTexts;
        var capabilities = node.Capabilities;
        foreach (var field in Fields.Of(spec))
        {
            if (field.Is("name"u8)) name = field.Value.Text();
            else if (field.Is("hostname"u8)) host = field.Value.Text();
            else if (field.Is("os"u8)) os = page.Text(field.Value);
            else if (field.Is("arch"u8)) architecture = page.Text(field.Value);
            else if (field.Is("agent_version"u8)) agent = page.Text(field.Value);
            else if (field.Is("hardware_fingerprint"u8)) fingerprint = field.Value.Text();
            else if (field.Is("labels"u8)) labels = page.Map(field.Value);
            else if (field.Is("capabilities"u8)) capabilities = page.Lists(field.Value);
        }
        return node with
        {
            Name = name, Hostname = host, OperatingSystem = os, Architecture = architecture, AgentVersion = agent,
            HardwareFingerprint = fingerprint, Labels = labels, Capabilities = capabilities,
        };
    }

    private static Node WithStatus(JsonElement status, PageReading page, Node node)
    {
        var (connection, message) = ("", "");
        long revision = 0, edge = 0, orchestrator = 0;
        NodeResources? resources = null;
        DateTimeOffset? connected = null, disconnected = null, heartbeat = null, created = null, updated = null;
        foreach (var field in Fields.Of(status))
        {
            if (field.Is("connection_state"u8)) connection = States.Read(field.Value).Name;
            else if (field.Is("connected_since"u8)) connected = field.Value.Time();
            else if (field.Is("disconnected_since"u8)) disconnected = field.Value.Time();
            else if (field.Is("last_heartbeat"u8)) heartbeat = field.Value.Time();
            else if (field.Is("message"u8)) message = page.Text(field.Value);
            else if (field.Is("revision"u8)) revision = field.Value.Long() ?? 0;
            else if (field.Is("last_edge_seq_num"u8)) edge = field.Value.Long() ?? 0;
            else if (field.Is("last_orchestrator_seq_num"u8)) orchestrator = field.Value.Long() ?? 0;
            else if (field.Is("resource_usage"u8)) resources = Resources(field.Value);
            else if (field.Is("created_at"u8)) created = field.Value.Time();
            else if (field.Is("updated_at"u8)) updated = field.Value.Time();
        }
        return node with
        {
            Connection = connection, ConnectedSince = connected, DisconnectedSince = disconnected, LastHeartbeat = heartbeat,
            Message = message, Revision = revision, LastEdgeSequence = edge, LastOrchestratorSequence = orchestrator,
            Resources = resources, CreatedAt = created, UpdatedAt = updated,
        };
    }

    private static NodeResources? Resources(JsonElement usage)
    {
        double? cpu = null, memory = null, disk = null;
        long? memoryUsed = null, memoryCapacity = null, diskUsed = null, diskCapacity = null;
        foreach (var field in Fields.Of(usage))
        {
            if (field.Is("cpu_percent"u8)) cpu = field.Value.Double();
            else if (field.Is("memory_percent"u8)) memory = field.Value.Double();
            else if (field.Is("memory_used_bytes"u8)) memoryUsed = field.Value.Long();
            else if (field.Is("memory_capacity_bytes"u8)) memoryCapacity = field.Value.Long();
            else if (field.Is("disk_percent"u8)) disk = field.Value.Double();
            else if (field.Is("disk_used_bytes"u8)) diskUsed = field.Value.Long();
            else if (field.Is("disk_capacity_bytes"u8)) diskCapacity = field.Value.Long();
        }
        return (cpu ?? memory ?? disk ?? memoryUsed ?? memoryCapacity ?? diskUsed ?? diskCapacity) is null ? null
            : new(cpu, memory, memoryUsed, memoryCapacity, disk, diskUsed, diskCapacity);
    }

    public static Node Newer(Node a, Node b) =>
        Nullable.Compare(a.UpdatedAt, b.UpdatedAt) switch { > 0 => a, < 0 => b, _ => a.Revision >= b.Revision ? a : b };
}
