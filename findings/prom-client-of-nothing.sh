#!/usr/bin/env bash
# Software: prom-client 15.1.3 (npm), prometheus-net 8.2.1 (NuGet).
# Expected: a summary that has seen nothing says NaN, as the clients in Go and Java do; buckets are sorted or refused; a value that is no number and a label that is not set are
#           refused; one name has one set of labels.
# Happens:  in prom-client the median of nothing is 0, at the start and whenever the window is empty. Buckets that are not in order count wrongly: 2 is within "up to 1". inc(null)
#           counts one, inc(NaN) makes the counter NaN for ever, as in .NET; a label that is undefined is the text "undefined". prometheus-net takes a gauge of one name with other
#           labels, and an observation of NaN is left out without a word.
# Matters:  "median of the runs: 0 s" at night, when nothing runs, looks like the best time of the day, and averages over the day believe it. A node that has lost its name is a node
#           called undefined.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > count.mjs <<'E'
import { setTimeout as wait } from 'node:timers/promises';
import prom from 'prom-client';
const help = 'x';
new prom.Summary({ name: 'never_seconds', help, percentiles: [0.5] });
new prom.Summary({ name: 'lately_seconds', help, percentiles: [0.5], maxAgeSeconds: 1, ageBuckets: 2 }).observe(5);
new prom.Histogram({ name: 'run_seconds', help, buckets: [5, 1] }).observe(2);
const counter = (name, value) => new prom.Counter({ name, help }).inc(value);
counter('null_total', null);
counter('nan_total', NaN);
new prom.Gauge({ name: 'load', help, labelNames: ['node'] }).set({ node: undefined }, 1);
await wait(2500);
for (const line of (await prom.register.metrics()).split('\n')) if (/^\w/.test(line)) console.log(`prom-client ${line}`);
E
cat > count.cs <<'E'
#:package prometheus-net@8.2.1
#:package Microsoft.Extensions.Http@10.0.11
#:package Microsoft.Extensions.ObjectPool@10.0.11
#:property PublishAot=false
#:property InvariantGlobalization=true
using Prometheus;
Metrics.SuppressDefaultMetrics();
Metrics.CreateSummary("never_seconds", "x", new SummaryConfiguration { Objectives = [new QuantileEpsilonPair(0.5, 0.01)] });
var histogram = Metrics.CreateHistogram("run_seconds", "x", new HistogramConfiguration { Buckets = [1, 5] });
histogram.Observe(double.NaN);
Metrics.CreateCounter("nan_total", "x").Inc(double.NaN);
Metrics.CreateGauge("load", "x", "node").WithLabels("edge-1").Set(1);
Metrics.CreateGauge("load", "x", "site").WithLabels("oslo").Set(2);
using var text = new MemoryStream();
await Metrics.DefaultRegistry.CollectAndExportAsTextAsync(text);
foreach (var line in System.Text.Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(line => line.Length > 0 && line[0] != '#')) Console.WriteLine($"prometheus-net {line}");
E
cat > expected <<'E'
prom-client never_seconds{quantile="0.5"} 0
prom-client never_seconds_sum 0
prom-client never_seconds_count 0
prom-client lately_seconds{quantile="0.5"} 0
prom-client lately_seconds_sum 5
prom-client lately_seconds_count 1
prom-client run_seconds_bucket{le="5"} 1
prom-client run_seconds_bucket{le="1"} 1
prom-client run_seconds_bucket{le="+Inf"} 1
prom-client run_seconds_sum 2
prom-client run_seconds_count 1
prom-client null_total 1
prom-client nan_total Nan
prom-client load{node="undefined"} 1
prometheus-net never_seconds_sum 0
prometheus-net never_seconds_count 0
prometheus-net never_seconds{quantile="0.5"} NaN
prometheus-net run_seconds_sum 0
prometheus-net run_seconds_count 0
prometheus-net run_seconds_bucket{le="1"} 0
prometheus-net run_seconds_bucket{le="5"} 0
prometheus-net run_seconds_bucket{le="+Inf"} 0
prometheus-net nan_total NaN
prometheus-net load{node="edge-1"} 1
prometheus-net load{site="oslo"} 2
E
npm install --silent --no-audit --no-fund prom-client@15.1.3 >/dev/null
{ node count.mjs; dotnet run count.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the clients count otherwise than noted"; exit 1; }
