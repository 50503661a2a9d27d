#!/usr/bin/env bash
# Software: json-logic-js 2.0.5 (npm).
# Expected: a rule about what is missing is false or an error; a name with dots reaches a label of that name, or there is a way to escape them; a text that is no number is refused.
# Happens:  a node without "free" has less than 5 of it, as null is 0 there; so has one whose value is an empty text. No form of "var" reaches the label app.kubernetes.io/name: dots
#           always go down a level, and the answer is the default. "12 nodes" + 1 is 13, a sum with one word in it is null in JSON. Texts compare letter by letter: "10" is not above
#           "9". "all" of nothing is false, against every convention.
# Matters:  the alert "free disk below 5 GB" fires for all nodes that do not report their disk; one about a Kubernetes label never fires, or fires for all, and nothing is logged in
#           either case.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > rules.mjs <<'E'
import logic from 'json-logic-js';
const show = (rule, data) => console.log(JSON.stringify(rule), 'of', JSON.stringify(data), '=', JSON.stringify(logic.apply(rule, data)));
const below = { '<': [{ var: 'free' }, 5] };
for (const node of [{ free: 1 }, {}, { free: null }, { free: '' }, { free: 'unknown' }]) show(below, node);
const labels = { labels: { 'app.kubernetes.io/name': 'agent' } };
for (const name of ['labels.app.kubernetes.io/name', 'labels.app\\.kubernetes\\.io/name', "labels['app.kubernetes.io/name']"]) show({ var: [name, 'none'] }, labels);
show({ '+': ['12 nodes', 1] }, {});
show({ reduce: [{ var: 'runs' }, { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 0] }, { runs: [1, 'lost', 2] });
show({ '>': ['10', '9'] }, {});
show({ all: [{ var: 'nodes' }, { '==': [{ var: '' }, 'up'] }] }, { nodes: [] });
E
cat > expected <<'E'
{"<":[{"var":"free"},5]} of {"free":1} = true
{"<":[{"var":"free"},5]} of {} = true
{"<":[{"var":"free"},5]} of {"free":null} = true
{"<":[{"var":"free"},5]} of {"free":""} = true
{"<":[{"var":"free"},5]} of {"free":"unknown"} = false
{"var":["labels.app.kubernetes.io/name","none"]} of {"labels":{"app.kubernetes.io/name":"agent"}} = "none"
{"var":["labels.app\\.kubernetes\\.io/name","none"]} of {"labels":{"app.kubernetes.io/name":"agent"}} = "none"
{"var":["labels['app.kubernetes.io/name']","none"]} of {"labels":{"app.kubernetes.io/name":"agent"}} = "none"
{"+":["12 nodes",1]} of {} = 13
{"reduce":[{"var":"runs"},{"+":[{"var":"current"},{"var":"accumulator"}]},0]} of {"runs":[1,"lost",2]} = null
{">":["10","9"]} of {} = false
{"all":[{"var":"nodes"},{"==":[{"var":""},"up"]}]} of {"nodes":[]} = false
E
npm install --silent --no-audit --no-fund json-logic-js@2.0.5 >/dev/null
node rules.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: rules are judged otherwise than noted"; exit 1; }
