#!/usr/bin/env bash
# Software: parse-prometheus-text-format 1.1.1 (npm), beside Python's own reader (Debian python3-prometheus-client 0.16.0-0.1).
# Expected: a histogram or summary with labels is one series per set of labels, as gauges and counters are.
# Happens:  all sets of labels are merged into one metric without labels: the buckets and quantiles of the last one win, and the sum and the count of a histogram with labels are lost.
#           Of two nodes with different bounds the buckets of both are mixed: 2, 95, 3. Gauges keep their labels.
# Matters:  the page of latencies per node shows one node's numbers as those of the fleet, and which node that is depends on the order in the text. A mixed set of buckets can even fall
#           from one bound to the next, which gives negative shares.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s python3-prometheus-client >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-prometheus-client >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-prometheus-client)
[ "$version" = 0.16.0-0.1 ] || { echo "python3-prometheus-client is $version, this was seen on 0.16.0-0.1"; exit 1; }

cat > metrics.txt <<'E'
# TYPE up gauge
up{node="edge-1"} 1
up{node="edge-2"} 0
# TYPE run_seconds histogram
run_seconds_bucket{node="edge-1",le="1"} 90
run_seconds_bucket{node="edge-1",le="10"} 95
run_seconds_bucket{node="edge-1",le="+Inf"} 100
run_seconds_sum{node="edge-1"} 310
run_seconds_count{node="edge-1"} 100
run_seconds_bucket{node="edge-2",le="1"} 2
run_seconds_bucket{node="edge-2",le="+Inf"} 3
run_seconds_sum{node="edge-2"} 40
run_seconds_count{node="edge-2"} 3
# TYPE wait_seconds summary
wait_seconds{node="edge-1",quantile="0.9"} 7
wait_seconds_sum{node="edge-1"} 70
wait_seconds_count{node="edge-1"} 20
wait_seconds{node="edge-2",quantile="0.9"} 1
wait_seconds_sum{node="edge-2"} 2
wait_seconds_count{node="edge-2"} 3
E
cat > read.mjs <<'E'
import { readFileSync } from 'node:fs';
import parse from 'parse-prometheus-text-format';
for (const family of parse(readFileSync('metrics.txt', 'utf8'))) console.log(`npm ${family.name}: ${family.metrics.map(m => JSON.stringify(m)).join(' ')}`);
E
cat > read.py <<'E'
from prometheus_client.parser import text_string_to_metric_families
for family in text_string_to_metric_families(open("metrics.txt").read()):
    print(f"Python {family.name}: {len(family.samples)} samples of {len({s.labels['node'] for s in family.samples})} nodes")
E
cat > expected <<'E'
npm up: {"value":"1","labels":{"node":"edge-1"}} {"value":"0","labels":{"node":"edge-2"}}
npm run_seconds: {"buckets":{"1":"2","10":"95","+Inf":"3"}}
npm wait_seconds: {"quantiles":{"0.9":"1"}}
Python up: 2 samples of 2 nodes
Python run_seconds: 9 samples of 2 nodes
Python wait_seconds: 6 samples of 2 nodes
E
npm install --silent --no-audit --no-fund parse-prometheus-text-format@1.1.1 >/dev/null
{ node read.mjs; /usr/bin/python3 read.py; } > seen
cat seen
diff expected seen || { echo "CHANGED: the text is read otherwise than noted"; exit 1; }
