using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Counters of <c>/status</c>.</summary>
internal static class StatusReader
{
    public static ServerStatus Read(JsonElement root)
    {
        var runtime = Fields.Get(root, "runtime"u8);
        var executions = Fields.Get(root, "executions"u8);
        var byState = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var field in Fields.Of(Fields.Get(executions, "by_state"u8)))
            if (field.Value.Long() is { } count) byState[Fields.NameOf(field)] = count;
        return new ServerStatus
        {
            Version = Fields.Get(runtime, "version"u8).Text(),
            StartedAt = Fields.Get(runtime, "start_time"u8).Time(),
            Nodes = Fields.Get(Fields.Get(root, "nodes"u8), "total"u8).Long(),
            Jobs = Fields.Get(Fields.Get(root, "jobs"u8), "total"u8).Long(),
            Executions = Fields.Get(executions, "total"u8).Long(),
            ExecutionsByState = byState,
            CollectedAt = Fields.Get(root, "collected_at"u8).Time(),
        };
    }
}
