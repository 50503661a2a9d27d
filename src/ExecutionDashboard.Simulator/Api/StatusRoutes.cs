using System.Globalization;
using ExecutionDashboard.Simulator.Api.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ExecutionDashboard.Simulator.Api;

/// <summary><c>/health</c>, <c>/status</c> and <c>/metrics/query_range</c>.</summary>
internal static class StatusRoutes
{
    private static readonly TimeSpan MetricsKept = TimeSpan.FromMinutes(30);
    private const int MostPoints = 11_000;

    /// <summary>Maps them.</summary>
    public static void MapStatus(this IEndpointRouteBuilder api, Replies replies)
    {
        var world = replies.Engine.World;

        api.MapGet("/health", context => replies.Send(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "ok");
            json.WriteEndObject();
        }));

        api.MapGet("/status", context => replies.Send(context, json =>
        {
            var nodes = world.Nodes.FindAll(n => !n.Deleted);
            var jobs = world.Jobs.FindAll(j => !j.Deleted);
            json.WriteStartObject();
            json.WriteStartObject("runtime"u8);
            json.WriteString("version"u8, world.Face == Generation.Rollout ? "v2.1.21" : "v1.4.0");
            json.WriteString("status"u8, "running");
            json.Time("start_time"u8, world.StartedAt);
            json.WriteNumber("uptime_seconds"u8, Math.Max(0, (world.Now - world.StartedAt) / TimeSpan.TicksPerSecond));
            json.WriteEndObject();
            json.WriteStartObject("nodes"u8);
            json.WriteNumber("total"u8, nodes.Count);
            json.Counts("by_connection"u8, nodes.CountBy(n => StateNames.Of(n.Connection)));
            if (nodes.Count > 0) json.Time("latest_join_time"u8, nodes.Max(n => n.CreatedAt));
            json.WriteEndObject();
            json.WriteStartObject("jobs"u8);
            json.WriteNumber("total"u8, jobs.Count);
            json.Counts("by_state"u8, jobs.CountBy(j => j.State));
            if (jobs.Count > 0) json.Time("latest_created_at"u8, jobs.Max(j => j.CreatedAt));
            json.WriteEndObject();
            json.WriteStartObject("executions"u8);
            json.WriteNumber("total"u8, world.Executions.Count);
            json.Counts("by_state"u8, world.Counts.Select((count, state) => KeyValuePair.Create(StateNames.Of((ActualState)state, world.Face), count)));
            json.WriteEndObject();
            json.WriteStartObject("evaluations"u8);
            foreach (var name in new[] { "ready", "inflight", "pending", "waiting" }) json.WriteNumber(name, 0);
            json.WriteEndObject();
            json.Time("collected_at"u8, world.Now);
            json.WriteEndObject();
        }));

        api.MapGet("/metrics/query_range", context => replies.Send(context, json =>
        {
            var query = new ListQuery(context);
            Func<NodeUse, SimNode, double> value = query.One("query") switch
            {
                "process_cpu_utilization_ratio" => (u, _) => u.Cpu / 100,
                "process_memory_usage_bytes" => (u, n) => n.Class.MemoryBytes * u.Memory / 100,
                "process_disk_usage_bytes" => (u, n) => n.Class.DiskBytes * u.Disk / 100,
                var other => throw new RefusedException(400, $"query '{other}' is not known"),
            };
            var now = new DateTimeOffset(world.Now, TimeSpan.Zero).ToUnixTimeSeconds();
            var step = Number("step", 15);
            var end = Math.Min(Number("end", now), now);
            var start = Math.Max(Number("start", now - MetricsKept.TotalSeconds), now - MetricsKept.TotalSeconds);
            if (step <= 0 || (end - start) / step > MostPoints) throw new RefusedException(400, "step is not positive or too small for the range");
            json.WriteStartObject();
            json.WriteString("status"u8, "success");
            json.WriteStartObject("data"u8);
            json.WriteString("resultType"u8, "matrix");
            json.WriteStartArray("result"u8);
            foreach (var node in world.Nodes)
            {
                if (node.Deleted) continue;
                json.WriteStartObject();
                json.WriteStartObject("metric"u8);
                json.WriteString("instance"u8, node.Id);
                json.WriteEndObject();
                json.WriteStartArray("values"u8);
                for (var at = start; at <= end; at += step)
                {
                    var ticks = DateTimeOffset.UnixEpoch.UtcTicks + (long)(at * TimeSpan.TicksPerSecond);
                    if (node.SilentSince != 0 && ticks > node.SilentSince) break;
                    json.WriteStartArray();
                    json.WriteNumberValue(at);
                    json.WriteStringValue(value(NodeUse.At(node, ticks), node).ToString("G6", CultureInfo.InvariantCulture));
                    json.WriteEndArray();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();

            double Number(string name, double missing) => query.One(name) is not { Length: > 0 } text ? missing
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
                : throw new RefusedException(400, $"{name} '{text}' is not a number");
        }));
    }
}
