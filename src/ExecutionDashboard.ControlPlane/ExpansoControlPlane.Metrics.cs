using System.Text.Json;
using ExecutionDashboard.ControlPlane.Reading;

namespace ExecutionDashboard.ControlPlane;

/// <summary>Statistics and resource usage of nodes.</summary>
internal sealed partial class ExpansoControlPlane
{
    private static readonly ControlPlaneFailure NoMetrics = new(ControlPlaneError.NotOffered, "This server keeps no resource use over time.", 404);

    private long _metricsRefusedAt = long.MinValue;

    public async Task<ControlPlaneResult<NodeStats>> GetNodeStatsAsync(CancellationToken cancel = default) =>
        MissingRoute(await caller.AskAsync<NodeStats>(
            nodes.StatsAsync,
            reply => reply.Root.ValueKind == JsonValueKind.Object ? MetricsReader.Stats(reply.Root) : NotThe("counters of nodes", reply),
            cancel));

    public async Task<ControlPlaneResult<MetricSeries>> GetNodeMetricAsync(
        NodeMetric metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancel = default)
    {
        var refusedAt = Interlocked.Read(ref _metricsRefusedAt);
        if (refusedAt != long.MinValue && time.GetElapsedTime(refusedAt) < AskAgainAfter) return NoMetrics;
        var result = await caller.AskPageAsync<MetricSeries>(
            c => metrics.QueryRangeAsync(NameOf(metric), from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds(), Math.Max(1, (int)step.TotalSeconds), c),
            reply => MetricsReader.Series(reply.Root) is { } series ? series : NotThe("resource use", reply),
            cancel);
        if (result.Failure?.Error is not (ControlPlaneError.NotFound or ControlPlaneError.NotOffered)) return result;
        Interlocked.Exchange(ref _metricsRefusedAt, time.GetTimestamp());
        return NoMetrics;
    }

    private static string NameOf(NodeMetric metric) => metric switch
    {
        NodeMetric.Cpu => "process_cpu_utilization_ratio",
        NodeMetric.Memory => "process_memory_usage_bytes",
        _ => "process_disk_usage_bytes",
    };
}
