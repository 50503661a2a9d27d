#!/usr/bin/env bash
# Software: VictoriaMetrics 1.79.5 (Debian victoria-metrics 1.79.5+ds1-2+b5), Prometheus 2.42.0 (Debian prometheus 2.42.0+ds-5+deb12u1), with the same samples in both.
# Expected: VictoriaMetrics takes the queries of Prometheus by the same address and gives the same answers, apart from functions of its own.
# Happens:  what is asked of the last 30 seconds, or without a time, is answered for half a minute ago. A counter that is seen for the first time at 5 has increased by 5, in Prometheus
#           by 0; one that went from 0 to 1 has increased by 1, in Prometheus by 1.125 as it extrapolates; a window with one sample gives a number, in Prometheus nothing. A NaN is no
#           sample, in Prometheus it is one. A scalar is a list with one vector, or an empty one for 0/0. changes() counts the step into the window too.
# Matters:  a dashboard moved to the faster store shows a node as up for 30 seconds after everything else says that it is lost. Failures of a new job count there and not in Prometheus;
#           and a reader of "scalar" fails on a list.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
for pin in prometheus=2.42.0+ds-5+deb12u1 victoria-metrics=1.79.5+ds1-2+b5; do
    dpkg -s "${pin%%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends "${pin%%=*}" >/dev/null
    [ "$(dpkg-query -W -f '${Version}' "${pin%%=*}")" = "${pin#*=}" ] || { echo "this was seen on $pin"; exit 1; }
done

end=$(($(date +%s) / 60 * 60 - 600))
sample() { local name=$1 at=$((end - 120)) value; shift; echo "# TYPE $name gauge"; for value in "$@"; do [ "$value" = - ] || echo "$name $value $at"; at=$((at + 10)); done; }
{
    sample steady 0 1 2 3 4 5 6 7 8 9 10 11 12
    sample first_seen_at_5 - - - - - - - - - 5 5 5 5
    sample zero_to_one 0 0 0 0 0 0 0 0 0 0 0 1 1
    sample not_a_number NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN
} > samples
port=$((20000 + RANDOM % 20000)); one=http://127.0.0.1:$port; other=http://127.0.0.1:$((port + 1))
{ cat samples; echo '# EOF'; } > openmetrics
promtool tsdb create-blocks-from openmetrics openmetrics prometheus-data >/dev/null 2>&1
echo '{}' > prometheus.yml
prometheus --config.file=prometheus.yml --storage.tsdb.path=prometheus-data --web.listen-address="${one#http://}" 2>/dev/null &
victoria-metrics -storageDataPath=victoria-data -httpListenAddr="${other#http://}" 2>/dev/null &
for address in "$one" "$other"; do until curl -sf -o /dev/null "$address/-/healthy" || curl -sf -o /dev/null "$address/health"; do sleep 0.2; done; done
{ sed -E '/^#/d; s/$/000/' samples; echo "moving 1 $(($(date +%s) - 60))000"; echo "moving 2 $(date +%s)000"; } | curl -sf --data-binary @- "$other/api/v1/import/prometheus"
curl -sf -o /dev/null "$other/internal/force_flush"

cat > ask.mjs <<'E'
const [end, ...servers] = process.argv.slice(2);
const ask = async (server, query, time) => {
  const { status, data } = await (await fetch(`${server}/api/v1/query?${new URLSearchParams({ query, ...(time && { time }) })}`)).json();
  if (status !== 'success') return 'refused';
  return `${data.resultType} ${JSON.stringify(data.resultType === 'scalar' ? data.result[1] : data.result.map(series => series.value[1]))}`;
};
for (const query of ['increase(steady[60s])', 'increase(first_seen_at_5[60s])', 'increase(zero_to_one[45s])', 'increase(steady[10s])', 'changes(zero_to_one[20s])', 'not_a_number', 'count(not_a_number)', '1 / 4', '0 / 0', 'increase(steady)']) {
  console.log(query);
  console.log(`  Prometheus: ${await ask(servers[0], query, Number(end) + 5)}`);
  console.log(`  VictoriaMetrics: ${await ask(servers[1], query, Number(end) + 5)}`);
}
console.log(`1 a minute ago and 2 now, VictoriaMetrics: asked without a time ${await ask(servers[1], 'moving')}, with the present time ${await ask(servers[1], 'moving', Math.ceil(Date.now() / 1000))}`);
E
cat > expected <<'E'
increase(steady[60s])
  Prometheus: vector ["6"]
  VictoriaMetrics: vector ["6"]
increase(first_seen_at_5[60s])
  Prometheus: vector ["0"]
  VictoriaMetrics: vector ["5"]
increase(zero_to_one[45s])
  Prometheus: vector ["1.125"]
  VictoriaMetrics: vector ["1"]
increase(steady[10s])
  Prometheus: vector []
  VictoriaMetrics: vector ["1"]
changes(zero_to_one[20s])
  Prometheus: vector ["0"]
  VictoriaMetrics: vector ["1"]
not_a_number
  Prometheus: vector ["NaN"]
  VictoriaMetrics: vector []
count(not_a_number)
  Prometheus: vector ["1"]
  VictoriaMetrics: vector []
1 / 4
  Prometheus: scalar "0.25"
  VictoriaMetrics: vector ["0.25"]
0 / 0
  Prometheus: scalar "NaN"
  VictoriaMetrics: vector []
increase(steady)
  Prometheus: refused
  VictoriaMetrics: vector ["12"]
1 a minute ago and 2 now, VictoriaMetrics: asked without a time vector ["1"], with the present time vector ["1"]
E
node ask.mjs "$end" "$one" "$other" > seen
cat seen
diff expected seen || { echo "CHANGED: the two answer otherwise than noted"; exit 1; }
