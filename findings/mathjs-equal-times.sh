#!/usr/bin/env bash
# Software: mathjs 15.2.0 (npm).
# Expected: in an expression == compares texts as texts and whole numbers exactly; < and > see a difference of one.
# Happens:  all comparisons take numbers for equal that differ by less than 1e-12 of their size. Two times in milliseconds that are one apart are equal, and neither
#           is later. Texts are compared as numbers: "edge-1" == "edge-1" is an error, "2.10" == "2.1" is true. For a list, == is a list.
# Matters:  a rule such as "lastSeen > deployedAt" or "version == 2.1" in an expression that a user writes answers wrong without an error.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > compare.mjs <<'E'
import { evaluate } from 'mathjs';
const scope = { seen: 1795928492001, deployed: 1795928492000, second: 1795928493000, later: 1795928495000, version: '2.10', state: 'failed', cpus: [1, 2] };
for (const rule of ['seen == deployed', 'seen > deployed', 'second > deployed', 'later > deployed', 'unequal(seen, deployed)', 'max(seen, deployed) - deployed',
  'version == "2.1"', 'state == "failed"', 'state != "ended"', 'equalText(state, "failed")', 'cpus == [1, 2]', 'state == null']) {
  let answer;
  try { answer = String(evaluate(rule, { ...scope })); } catch (error) { answer = `error: ${error.message}`; }
  console.log(`${rule}: ${answer}`);
}
E
cat > expected <<'E'
seen == deployed: true
seen > deployed: false
second > deployed: true
later > deployed: true
unequal(seen, deployed): false
max(seen, deployed) - deployed: 1
version == "2.1": true
state == "failed": error: Cannot convert "failed" to a number
state != "ended": error: Cannot convert "failed" to a number
equalText(state, "failed"): true
cpus == [1, 2]: [true, true]
state == null: false
E
npm install --silent --no-audit --no-fund mathjs@15.2.0 >/dev/null
node compare.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: mathjs compares otherwise than noted"; exit 1; }
