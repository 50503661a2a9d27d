using System.Text.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Api.Json;

/// <summary>Nodes, as the API sends them.</summary>
internal sealed class NodeJson(World world)
{
    /// <summary>One node.</summary>
    public void Write(Utf8JsonWriter json, SimNode node)
    {
        if (world.Options.OmitOptional)
        {
            SparseJson.Write(json, node);
            return;
        }
        json.WriteStartObject();
        json.WriteString("id"u8, node.Id);
        json.WriteStartObject("spec"u8);
        json.WriteString("name"u8, node.Name);
        json.WriteString("hostname"u8, node.Hostname);
        json.WriteString("os"u8, node.Class.Os);
        json.WriteString("arch"u8, node.Class.Arch);
        json.WriteString("agent_version"u8, node.AgentVersion);
        json.WriteString("hardware_fingerprint"u8, Fingerprint(node, 7));
        json.Map("labels"u8, node.Labels);
        json.WriteStartObject("capabilities"u8);
        json.List("inputs"u8, node.Class.Inputs);
        json.List("outputs"u8, node.Class.Outputs);
        json.List("processors"u8, node.Class.Processors);
        json.List("runtimes"u8, node.Class.Runtimes);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteStatus(json, node);
        if (world.Face == Generation.Rollout) WriteIdentity(json, node);
        json.WriteEndObject();
    }

    private void WriteStatus(Utf8JsonWriter json, SimNode node)
    {
        var heartbeat = NodeLife.LastHeartbeat(node, world.Now);
        json.WriteStartObject("status"u8);
        json.WriteString("connection_state"u8, node.Deleted ? "deleted" : StateNames.Of(node.Connection));
        json.Text("message"u8, node.Message);
        json.TimeOrZero("connected_since"u8, node.Connection == Connection.Connected ? node.ConnectedSince : 0);
        json.TimeOrZero("disconnected_since"u8, node.DisconnectedSince);
        json.Time("last_heartbeat"u8, heartbeat + node.ClockAhead);
        json.WriteNumber("revision"u8, node.Revision);
        json.WriteNumber("last_edge_seq_num"u8, (heartbeat - node.CreatedAt) / NodeLife.Heartbeat.Ticks);
        json.WriteNumber("last_orchestrator_seq_num"u8, node.Revision * 3 + node.Current.Count);
        json.Time("created_at"u8, node.CreatedAt);
        json.Time("updated_at"u8, node.UpdatedAt);
        var use = NodeUse.At(node, heartbeat);
        json.WriteStartObject("resource_usage"u8);
        json.WriteNumber("cpu_percent"u8, Math.Round(use.Cpu, 1));
        json.WriteNumber("memory_percent"u8, Math.Round(use.Memory, 1));
        json.WriteNumber("memory_used_bytes"u8, (long)(node.Class.MemoryBytes * use.Memory / 100));
        json.WriteNumber("memory_capacity_bytes"u8, node.Class.MemoryBytes);
        json.WriteNumber("disk_percent"u8, Math.Round(use.Disk, 1));
        json.WriteNumber("disk_used_bytes"u8, (long)(node.Class.DiskBytes * use.Disk / 100));
        json.WriteNumber("disk_capacity_bytes"u8, node.Class.DiskBytes);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, SimNode node)
    {
        json.WriteStartObject("identity"u8);
        json.Time("enrolled_at"u8, node.CreatedAt);
        json.WriteString("enrolled_by"u8, "fleet-ops@example.com");
        json.WriteString("enrollment_source_type"u8, "bootstrap_token");
        json.WriteString("enrollment_source_id"u8, "bt-" + Fingerprint(node, 11)[..8]);
        json.Time("credential_valid_until"u8, node.CredentialUntil != 0 ? node.CredentialUntil : node.CreatedAt + TimeSpan.FromDays(825).Ticks);
        json.WriteString("public_key_fingerprint"u8, "SHA256:" + Fingerprint(node, 13));
        json.WriteEndObject();
    }

    private static string Fingerprint(SimNode node, ulong salt) =>
        $"{SeededRandom.Mix((ulong)node.CreatedAt ^ salt):x16}{SeededRandom.Mix((ulong)node.Ordinal * 31 + salt):x16}";
}

/// <summary>A node's usage in percent. Computed from the time of the heartbeat, so that history needs no memory.</summary>
internal readonly record struct NodeUse(double Cpu, double Memory, double Disk)
{
    /// <summary>At a heartbeat (UTC ticks).</summary>
    public static NodeUse At(SimNode node, long heartbeat)
    {
        var beat = (ulong)(heartbeat / NodeLife.Heartbeat.Ticks);
        var own = SeededRandom.Mix((ulong)node.Ordinal * 0x9E37 + 1);
        var level = own % 1000 / 1000.0;
        var wave = Math.Sin(beat * Math.Tau / 80 + level * Math.Tau);
        var noise = SeededRandom.Mix(own ^ beat) % 1000 / 1000.0 - 0.5;
        var days = (heartbeat - node.CreatedAt) / (double)TimeSpan.TicksPerDay;
        return new(
            Math.Clamp(12 + 50 * level * level + 9 * wave + 10 * noise + node.Current.Count, 0.5, 99.8),
            node.MemoryPercent ?? Math.Clamp(25 + 45 * level + 4 * wave + 3 * noise, 3, 98),
            node.DiskPercent ?? Math.Clamp(15 + (own >> 20) % 55 + days % 30 * 0.6, 1, 99.5));
    }
}
