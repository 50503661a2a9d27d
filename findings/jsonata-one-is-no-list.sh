#!/usr/bin/env bash
# Software: jsonata 2.2.2 (npm), the query language of low-code tools for devices and flows.
# Expected: a path over a list gives a list; what is missing and what is null count alike in a condition, or at least the same way each time; a condition that fails for one node does
#           not fail for all.
# Happens:  a path gives a list for two nodes, the bare value for one and nothing for none. A node without cpu is neither below 5 nor unequal to 5; one whose cpu is null is unequal,
#           and makes "below 5" an error for the whole fleet. nodes.name[0] is the first of each node, all names, not the first name. A list with 0 in it is false. Half is rounded to
#           even, and 1/0 is infinite, null in JSON.
# Matters:  .length and .map of the answer work until a filter leaves one node; alerts by "not 5" leave out those that do not report, and one agent that sends null stops the rule for
#           everyone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > ask.mjs <<'E'
import jsonata from 'jsonata';
const node = (name, cpu) => ({ name, ...(cpu !== undefined && { cpu }) });
const fleet = { nodes: [node('a', 1), node('b', 5), node('c')] }, withNull = { nodes: [...fleet.nodes, node('d', null)] };
for (const [query, data] of [['nodes[cpu < 9].name', fleet], ['nodes[cpu < 5].name', fleet], ['nodes[cpu < 1].name', fleet], ['nodes[cpu != 5].name', fleet], ['nodes[cpu != 5].name', withNull], ['nodes[cpu < 5].name', withNull],
  ['$count(nodes.cpu)', withNull], ['nodes.name[0]', fleet], ['(nodes.name)[0]', fleet], ['[0] ? "yes" : "no"', {}], ['$round(2.5)', {}], ['1 / 0', {}]]) {
  let answer;
  try { answer = JSON.stringify(await jsonata(query).evaluate(data)) ?? 'undefined'; } catch (error) { answer = error.message; }
  console.log(`${query}${data === withNull ? ', one cpu is null' : ''}: ${answer}`);
}
E
cat > expected <<'E'
nodes[cpu < 9].name: ["a","b"]
nodes[cpu < 5].name: "a"
nodes[cpu < 1].name: undefined
nodes[cpu != 5].name: "a"
nodes[cpu != 5].name, one cpu is null: ["a","d"]
nodes[cpu < 5].name, one cpu is null: The expressions either side of operator "<" must evaluate to numeric or string values
$count(nodes.cpu), one cpu is null: 3
nodes.name[0]: ["a","b","c"]
(nodes.name)[0]: "a"
[0] ? "yes" : "no": "no"
$round(2.5): 2
1 / 0: null
E
npm install --silent --no-audit --no-fund jsonata@2.2.2 >/dev/null
node ask.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: queries are answered otherwise than noted"; exit 1; }
