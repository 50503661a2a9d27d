#!/usr/bin/env bash
# Software: OpenTelemetry.Exporter.Prometheus.AspNetCore 1.20.1-beta.1 (NuGet), Prometheus 2.42 (Debian prometheus 2.42.0+ds-5+deb12u1).
# Expected: a metric that reads well in a browser and passes promtool is stored by Prometheus.
# Happens:  Prometheus asks for OpenMetrics, a browser does not. A counter called "bytes" with unit "By" is then announced as "# UNIT bytes bytes";
#           Prometheus takes the unit only after an underscore, and refuses the whole scrape: every metric of the process is lost, "up" is 0.
# Matters:  one instrument with an unlucky name makes the dashboard look down to its own monitoring, and what curl shows is in order.
set -euo pipefail
dir=$(mktemp -d); trap 'kill ${prometheus:-} ${app:-} 2>/dev/null || true; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
command -v prometheus >/dev/null || apt-get install -y --no-install-recommends prometheus >/dev/null
version=$(dpkg-query -W -f '${Version}' prometheus)
[ "$version" = 2.42.0+ds-5+deb12u1 ] || { echo "prometheus is $version, this was seen on 2.42.0+ds-5+deb12u1"; exit 1; }

cat > app.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package OpenTelemetry.Extensions.Hosting@1.20.1
#:package OpenTelemetry.Exporter.Prometheus.AspNetCore@1.20.1-beta.1
#:property PublishAot=false
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter("feed").AddPrometheusExporter());
var app = builder.Build();
app.MapPrometheusScrapingEndpoint();
using var meter = new Meter("feed");
meter.CreateUpDownCounter<int>("viewers", description: "Open pages").Add(3);
meter.CreateCounter<long>("bytes", "By", "Bytes sent").Add(100);
await app.StartAsync();
File.WriteAllText("address", app.Urls.First()["http://".Length..]);
await Task.Delay(60_000);
E
dotnet build app.cs -v quiet -o out >/dev/null
dotnet out/app.dll & app=$!
for _ in $(seq 100); do [ -s address ] && break; sleep 0.2; done
cat > prometheus.yml <<E
scrape_configs: [{job_name: feed, scrape_interval: 1s, static_configs: [{targets: ["$(cat address)"]}]}]
E
prometheus --config.file=prometheus.yml --storage.tsdb.path=data --web.listen-address=127.0.0.1:19090 --log.level=error & prometheus=$!
for _ in $(seq 60); do sleep 0.5; curl -s 127.0.0.1:19090/api/v1/targets > targets && grep -q '"health":"\(up\|down\)"' targets && break; done
{
    curl -s "http://$(cat address)/metrics" | promtool check metrics >/dev/null 2>&1 && echo "promtool on what curl gets: no problem"
    curl -s "http://$(cat address)/metrics" -H 'Accept: application/openmetrics-text;version=1.0.0' | grep '# UNIT'
    grep -o '"lastError":"[^,]*' targets
    grep -o '"health":"[^,]*' targets
    echo "viewers stored: $(curl -s '127.0.0.1:19090/api/v1/query?query=viewers' | grep -o '"result":.*')"
} > seen
cat seen
cat > expected <<'E'
promtool on what curl gets: no problem
# UNIT bytes bytes
"lastError":"unit not a suffix of metric \"bytes\""
"health":"down"
viewers stored: "result":[]}}
E
diff expected seen || { echo "CHANGED: the exporter or Prometheus answers otherwise than noted"; exit 1; }
