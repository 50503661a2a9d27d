#!/usr/bin/env bash
# Software: OpenTelemetry.Extensions.Hosting 1.20.1 and OpenTelemetry.Exporter.Prometheus.AspNetCore 1.20.1-beta.1 (NuGet).
# Expected: an observable gauge of 2,500 nodes gives 2,500 series; or, past a limit, an error or series left out.
# Happens:  2,000 nodes are exported, and the other 500 share one series without their label, otel_metric_overflow="true". Of a counter that is their sum;
#           of a gauge it is the value of whichever node came last, which looks like a reading and is none. Nothing is logged at the default level.
# Matters:  a fleet that grows past 2,000 nodes loses the rest from its alerts in silence, and sum() and avg() over the nodes go on with wrong numbers.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > scrape.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package OpenTelemetry.Extensions.Hosting@1.20.1
#:package OpenTelemetry.Exporter.Prometheus.AspNetCore@1.20.1-beta.1
#:property PublishAot=false
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter("fleet").AddPrometheusExporter());
var app = builder.Build();
app.MapPrometheusScrapingEndpoint();
using var meter = new Meter("fleet");
meter.CreateObservableGauge("node.cpu", () => Enumerable.Range(1, 2500).Select(i => new Measurement<int>(i, new KeyValuePair<string, object?>("node", $"n{i}"))));
await app.StartAsync();
using var http = new HttpClient();
var series = (await http.GetStringAsync(app.Urls.First() + "/metrics")).Split('\n').Where(l => l.StartsWith("node_cpu{")).ToList();
Console.WriteLine($"nodes with a series of their own: {series.Count(l => l.Contains("node="))}");
Console.WriteLine($"the rest: {series.Single(l => l.Contains("overflow"))}");
E
cat > expected <<'E'
nodes with a series of their own: 2000
the rest: node_cpu{otel_scope_name="fleet",otel_metric_overflow="true"} 2500
E
dotnet run scrape.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the exporter answers otherwise than noted"; exit 1; }
