#!/usr/bin/env bash
# Software: filtrex 3.1.0 and jexl 2.3.0 (npm).
# Expected: a rule about a value that is missing is false, or an exception; single and double quotes both make a text.
# Happens:  filtrex returns its errors as values instead of throwing them, and an error object is true in an "if". Single quotes name a property in filtrex, so
#           state == 'failed' is such an error, and so is a.b. In jexl null is below 5, a property of a list is the one of its first member, and 2 ^ 3 ^ 2 is 64.
# Matters:  with a rule of the form "if (matches(node)) alert()" each node that has not sent the value yet raises an alert.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > rules.mjs <<'E'
import { compileExpression } from 'filtrex';
import jexl from 'jexl';
const show = answer => answer instanceof Error ? `returned: ${answer.message}` : JSON.stringify(answer);
const ask = (evaluate, rule, node) => {
  let answer;
  try { answer = evaluate(rule, node); } catch (error) { return `thrown: ${error.message}`; }
  return `${show(answer)}${answer instanceof Error ? ` (${answer ? 'true' : 'false'} in an if)` : ''}`;
};
for (const [rule, node] of [
  ['cpu > 90', { cpu: 95 }], ['cpu > 90', {}], ['cpu < 5', {}], ['cpu < 5', { cpu: null }], ['cpu > 90', { cpu: '95' }],
  ['state == "failed"', { state: 'ended' }], ["state == 'failed'", { state: 'ended' }],
  ['labels.zone == "a"', { labels: { zone: 'a' } }], ['disks.used', { disks: [{ used: 10 }, { used: 99 }] }], ['2 ^ 3 ^ 2', {}]]) {
  console.log(`${rule} of ${JSON.stringify(node)}`);
  console.log('  filtrex', ask((text, values) => compileExpression(text)(values), rule, node));
  console.log('  jexl', ask((text, values) => jexl.evalSync(text, values), rule, node));
}
E
cat > expected <<'E'
cpu > 90 of {"cpu":95}
  filtrex true
  jexl true
cpu > 90 of {}
  filtrex returned: Property “cpu” does not exist. (true in an if)
  jexl false
cpu < 5 of {}
  filtrex returned: Property “cpu” does not exist. (true in an if)
  jexl false
cpu < 5 of {"cpu":null}
  filtrex returned: Expected a number, but got a undefined instead. (true in an if)
  jexl true
cpu > 90 of {"cpu":"95"}
  filtrex returned: Expected a number, but got a text instead. (true in an if)
  jexl true
state == "failed" of {"state":"ended"}
  filtrex false
  jexl false
state == 'failed' of {"state":"ended"}
  filtrex returned: Property “failed” does not exist. (true in an if)
  jexl false
labels.zone == "a" of {"labels":{"zone":"a"}}
  filtrex returned: Property “labels.zone” does not exist. (true in an if)
  jexl true
disks.used of {"disks":[{"used":10},{"used":99}]}
  filtrex returned: Property “disks.used” does not exist. (true in an if)
  jexl 10
2 ^ 3 ^ 2 of {}
  filtrex 512
  jexl 64
E
npm install --silent --no-audit --no-fund filtrex@3.1.0 jexl@2.3.0 >/dev/null
node rules.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries evaluate otherwise than noted"; exit 1; }
