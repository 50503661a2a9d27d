#!/usr/bin/env bash
# Software: OpenTelemetry.Extensions.Hosting 1.20.1 and OpenTelemetry.Exporter.Prometheus.AspNetCore 1.20.1-beta.1 (NuGet), System.Diagnostics.Metrics of .NET 10.0.
# Expected: a counter takes no negative value and no NaN (the specification says non-negative), or refuses them; one bad value spoils one reading.
# Happens:  both are added. After one NaN a counter, and the sum of a histogram, are NaN until the process restarts. A negative value makes a counter fall, which
#           Prometheus must take for a restart. A label that is null and one that is empty are two series in the process and the same series in its answer, twice.
# Matters:  one duration of 0/0 ends rate() and average latency for good, with no log line; only a restart, which nobody connects with it, heals the chart.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > metrics.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package OpenTelemetry.Extensions.Hosting@1.20.1
#:package OpenTelemetry.Exporter.Prometheus.AspNetCore@1.20.1-beta.1
#:property PublishAot=false
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter("fleet").AddPrometheusExporter(o => o.ScrapeResponseCacheDurationMilliseconds = 0));
var app = builder.Build();
app.MapPrometheusScrapingEndpoint();
await app.StartAsync();
using var http = new HttpClient();
using var meter = new Meter("fleet");
var seconds = meter.CreateCounter<double>("busy_seconds");
var latency = meter.CreateHistogram<double>("latency_seconds");
var restarts = meter.CreateCounter<long>("restarts");
seconds.Add(5);
latency.Record(0.2);
restarts.Add(5);
await Show("before");
seconds.Add(0 / 0d);
latency.Record(0 / 0d);
restarts.Add(-3);
await Show("one bad value");
seconds.Add(5);
latency.Record(0.2);
restarts.Add(1);
await Show("good ones again");
restarts.Add(1, new KeyValuePair<string, object?>("site", null));
restarts.Add(1, new KeyValuePair<string, object?>("site", ""));
await Show("labels null and empty");

async Task Show(string when)
{
    foreach (var line in (await http.GetStringAsync(app.Urls.First() + "/metrics")).Split('\n'))
        if (line.StartsWith("busy") || line.StartsWith("latency_seconds_sum") || line.StartsWith("latency_seconds_count") || line.StartsWith("restarts"))
            Console.WriteLine($"{when}: {line.Replace("otel_scope_name=\"fleet\"", "").Replace("{,", "{").Replace("{}", "")}");
}
E
cat > expected <<'E'
before: busy_seconds_total 5
before: latency_seconds_sum 0.2
before: latency_seconds_count 1
before: restarts_total 5
one bad value: busy_seconds_total NaN
one bad value: latency_seconds_sum NaN
one bad value: latency_seconds_count 2
one bad value: restarts_total 2
good ones again: busy_seconds_total NaN
good ones again: latency_seconds_sum NaN
good ones again: latency_seconds_count 3
good ones again: restarts_total 3
labels null and empty: busy_seconds_total NaN
labels null and empty: latency_seconds_sum NaN
labels null and empty: latency_seconds_count 3
labels null and empty: restarts_total 3
labels null and empty: restarts_total{site=""} 1
labels null and empty: restarts_total{site=""} 1
E
dotnet run metrics.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library counts otherwise than noted"; exit 1; }
