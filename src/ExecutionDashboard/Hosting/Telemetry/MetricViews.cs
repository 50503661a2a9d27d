using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>
/// Which series the framework's instruments give. Left alone they have a series for each protocol, address and exception type, and three names that Prometheus' own check
/// complains of.
/// </summary>
internal static class MetricViews
{
    private const int MostSeries = 200;

    // Pages and exports: from what is in memory to a whole fleet written out.
    private static readonly double[] RequestTimes = [0.025, 0.1, 0.5, 2.5];

    /// <summary>The view of an instrument; null where it stays as it is.</summary>
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
        // A name that ends in "count" is a histogram's to Prometheus.
        "dotnet.assembly.count" => new MetricStreamConfiguration { Name = "dotnet.assemblies" },
        "dotnet.process.cpu.count" => new MetricStreamConfiguration { Name = "dotnet.process.cpus" },
        "dotnet.timer.count" => new MetricStreamConfiguration { Name = "dotnet.timers" },
        // How long connections last says how long tabs are open; it has a series for each address, protocol and reason.
        "kestrel.connection.duration" or "kestrel.tls_handshake.duration" or "kestrel.active_tls_handshakes" or "signalr.server.connection.duration" => MetricStreamConfiguration.Drop,
        "dotnet.jit.compiled_methods" or "dotnet.jit.compiled_il.size" or "dotnet.jit.compilation.time" or "dotnet.gc.last_collection.heap.fragmentation.size" => MetricStreamConfiguration.Drop,
        // Counters that go down: ThreadPoolGauges has them as what they are.
        "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length" => MetricStreamConfiguration.Drop,
        _ => null,
    };
}
