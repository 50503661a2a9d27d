using System.Text.Json;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads node statistics, and resource usage in Prometheus' matrix format.</summary>
internal static class MetricsReader
{
    /// <summary>Most points per series.</summary>
    public const int MostPoints = 5_000;

    public static NodeStats Stats(JsonElement root)
    {
        var resources = Fields.Get(root, "resource_stats"u8);
        return new NodeStats
        {
            Total = Fields.Get(root, "total_nodes"u8).Long(),
            ByConnection = Counts(Fields.Get(root, "nodes_by_connection_state"u8)),
            BySystem = Counts(Fields.Get(root, "nodes_by_os"u8)),
            ByArchitecture = Counts(Fields.Get(root, "nodes_by_arch"u8)),
            Cpu = Spread(Fields.Get(resources, "cpu"u8)),
            Memory = Spread(Fields.Get(resources, "memory"u8)),
            Disk = Spread(Fields.Get(resources, "disk"u8)),
        };
    }

    /// <summary>The series by node id; null when it is not a matrix. Invalid points are skipped.</summary>
    public static MetricSeries? Series(JsonElement root)
    {
        if (Fields.Get(root, "data"u8) is not { ValueKind: JsonValueKind.Object } data) return null;
        var series = new Dictionary<string, IReadOnlyList<MetricPoint>>(StringComparer.Ordinal);
        if (Fields.Get(data, "result"u8) is not { ValueKind: JsonValueKind.Array } result) return new(series);
        foreach (var one in result.EnumerateArray())
        {
            var metric = Fields.Get(one, "metric"u8);
            var id = Fields.Get(metric, "instance"u8).Text() is { Length: > 0 } instance ? instance : Fields.Get(metric, "service_instance"u8).Text();
            if (id.Length > 0) series[id] = Points(Fields.Get(one, "values"u8));
        }
        return new(series);
    }

    private static List<MetricPoint> Points(JsonElement values)
    {
        var points = new List<MetricPoint>();
        if (values.ValueKind != JsonValueKind.Array) return points;
        foreach (var pair in values.EnumerateArray())
        {
            if (points.Count == MostPoints) break;
            if (pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() >= 2 && pair[0].Time() is { } at && pair[1].Double() is { } value) points.Add(new(at, value));
        }
        if (points.Zip(points.Skip(1)).Any(p => p.Second.At < p.First.At)) points.Sort((a, b) => a.At.CompareTo(b.At));
        return points;
    }

    private static Dictionary<string, long> Counts(JsonElement element)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var field in Fields.Of(element))
            if (field.Value.Long() is { } count) counts[Fields.NameOf(field)] = count;
        return counts;
    }

    private static UseSpread? Spread(JsonElement element) => element.ValueKind != JsonValueKind.Object ? null
        : new(Fields.Get(element, "avg_percent"u8).Double(), Fields.Get(element, "max_percent"u8).Double(), Fields.Get(element, "min_percent"u8).Double());
}
