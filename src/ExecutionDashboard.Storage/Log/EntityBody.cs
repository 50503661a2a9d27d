using System.Buffers;
using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Serializes an entity for the log, as the feed's own JSON.</summary>
internal static class EntityBody
{
    /// <summary>Overwrites the buffer with the entity of a change; empty for a removed one.</summary>
    public static void Write(FleetChange change, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        buffer.ResetWrittenCount();
        if (change.Removed) return;
        json.Reset(buffer);
        switch (change)
        {
            case { Execution: { } execution }: JsonSerializer.Serialize(json, execution, FeedContract.Json); break;
            case { Node: { } node }: JsonSerializer.Serialize(json, node, FeedContract.Json); break;
            case { Job: { } job }: JsonSerializer.Serialize(json, job, FeedContract.Json); break;
            case { Deployment: { } deployment }: JsonSerializer.Serialize(json, deployment, FeedContract.Json); break;
            case { Spec: { } spec }: JsonSerializer.Serialize(json, spec, FeedContract.Json); break;
            default: throw new ArgumentException($"A change of {change.Kind} {change.Id} has nothing in it.", nameof(change));
        }
    }

    public static FleetChange Read(FleetKind kind, string id, ReadOnlySpan<byte> body) => kind switch
    {
        FleetKind.Execution => FleetChange.Of(JsonSerializer.Deserialize<Execution>(body, FeedContract.Json)!),
        FleetKind.Node => FleetChange.Of(JsonSerializer.Deserialize<Node>(body, FeedContract.Json)!),
        FleetKind.Job => FleetChange.Of(JsonSerializer.Deserialize<Job>(body, FeedContract.Json)!),
        FleetKind.Deployment => FleetChange.Of(JsonSerializer.Deserialize<Deployment>(body, FeedContract.Json)!),
        FleetKind.Spec => FleetChange.Of(JsonSerializer.Deserialize<JobSpec>(body, FeedContract.Json)!),
        _ => throw new InvalidOperationException($"The change log has '{id}' of an unknown kind {kind}."),
    };
}
