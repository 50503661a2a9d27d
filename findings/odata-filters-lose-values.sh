#!/usr/bin/env bash
# Software: odata-filter-parser 0.6.5 (npm), filters of OData as grids send them.
# Expected: a filter that follows OData is read as OData has it, or is refused: and binds closer than or, true is true, -5 is -5, a text may hold any words.
# Happens:  no error, and another value: "online eq true" compares with null, "-5" with 0, a time with its year, an id with the digits before its first letter or dash. Words in quotes
#           that hold " and " are cut there. It goes from the right, so "a and b or c" is a and (b or c). The path labels/site is site, and startswith(...) eq true is nothing at all.
# Matters:  a grid's "started after 10:00 today" asks for a number above 2026, which every row is or none; "id eq ..." finds nothing or another one's; a search for "Bed and Breakfast"
#           looks for "Bed".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > parse.mjs <<'E'
import odata from 'odata-filter-parser';
const show = node => node && typeof node === 'object' && 'operator' in node
  ? node.operator === 'and' || node.operator === 'or' ? `(${show(node.subject)} ${node.operator} ${show(node.value)})` : `${show(node.subject)} ${node.operator} ${JSON.stringify(node.value)}`
  : String(node);
for (const filter of ["state eq 'failed'", 'failures eq 5', 'online eq true', 'offset eq -5', 'startedAt gt 2026-01-01T10:00:00Z', 'id eq 00112233-4455-6677-8899-aabbccddeeff', "site eq 'Bed and Breakfast'", "labels/site eq 'oslo'", "startswith(name,'edge') eq true",
  'a eq 1 and b eq 2 or c eq 3', 'a eq 1 or b eq 2 and c eq 3']) {
  let read;
  try { read = show(odata.Parser.parse(filter)); } catch (error) { read = error.message; }
  console.log(`${filter}: ${read}`);
}
E
cat > expected <<'E'
state eq 'failed': state eq "failed"
failures eq 5: failures eq 5
online eq true: online eq null
offset eq -5: offset eq 0
startedAt gt 2026-01-01T10:00:00Z: startedAt gt 2026
id eq 00112233-4455-6677-8899-aabbccddeeff: id eq 112233
site eq 'Bed and Breakfast': (site eq "'Bed" and null)
labels/site eq 'oslo': site eq "oslo"
startswith(name,'edge') eq true:  eq null
a eq 1 and b eq 2 or c eq 3: (a eq 1 and (b eq 2 or c eq 3))
a eq 1 or b eq 2 and c eq 3: (a eq 1 or (b eq 2 and c eq 3))
E
npm install --silent --no-audit --no-fund odata-filter-parser@0.6.5 >/dev/null
node parse.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: filters are read otherwise than noted"; exit 1; }
