using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>
/// Selects the series of the framework's instruments. By default they have one for each protocol, address and exception type, and three names that Prometheus' linter
/// rejects.
/// </summary>
internal static class MetricViews
{
    private const int MostSeries = 200;

    // From pages in memory to the export of a whole fleet.
    private static readonly double[] RequestTimes = [0.025, 0.1, 0.5, 2.5];

    /// <summary>The view of an instrument; null for the default.</summary>
    public static MetricStreamConfiguration? Of(Instrument instrument) => instrument.Name switch
    {
        "http.server.request.duration" => new ExplicitBucketHistogramConfiguration
        {
            Boundaries = RequestTimes, TagKeys = ["http.request.method", "http.route", "http.response.status_code"], CardinalityLimit = MostSeries,
        },
        "http.server.active_requests" => new MetricStreamConfiguration { TagKeys = [] },
        "kestrel.active_connections" or "kestrel.rejected_connections" or "kestrel.queued_connections" or "kestrel.queued_requests" or "kestrel.upgraded_connections" => new MetricStreamConfiguration { TagKeys = [] },
        "signalr.server.active_connections" => new MetricStreamConfiguration { TagKeys = ["signalr.transport"] },
        "dotnet.exceptions" or "dotnet.process.cpu.time" => new MetricStreamConfiguration { TagKeys = [] },
        // In Prometheus a name ending in "count" belongs to a histogram.
        "dotnet.assembly.count" => new MetricStreamConfiguration { Name = "dotnet.assemblies" },
        "dotnet.process.cpu.count" => new MetricStreamConfiguration { Name = "dotnet.process.cpus" },
        "dotnet.timer.count" => new MetricStreamConfiguration { Name = "dotnet.timers" },
        // Durations of connections are those of open tabs, with a series for each address, protocol and reason.
        "kestrel.connection.duration" or "kestrel.tls_handshake.duration" or "kestrel.active_tls_handshakes" or "signalr.server.connection.duration" => MetricStreamConfiguration.Drop,
        "dotnet.jit.compiled_methods" or "dotnet.jit.compiled_il.size" or "dotnet.jit.compilation.time" or "dotnet.gc.last_collection.heap.fragmentation.size" => MetricStreamConfiguration.Drop,
        // Counters that decrease: ThreadPoolGauges exports them as gauges.
        "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length" => MetricStreamConfiguration.Drop,
        _ => null,
    };
}
