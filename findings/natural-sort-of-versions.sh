#!/usr/bin/env bash
# Software: javascript-natural-sort 0.7.1, natural-orderby 5.0.0 and natural-compare 1.4.0 (npm), Intl.Collator of Node.js 20 with numeric.
# Expected: a natural order compares runs of digits as numbers, so 1.9 stands before 1.10 as 1.9.0 does before 1.10.0, wherever the dot is; and agrees with the browser's own numeric
#           order.
# Happens:  two of the four take 1.10 for the fraction 1.1, so 1.10 stands before 1.9, but only where there is one dot: with two, or after a letter, the order is right. 12e3 is 12000
#           for them, so short hexadecimal ids jump. An IP address is in the right order, its first two parts alone are not. natural-compare and Collator get all of these right.
# Matters:  a column of agent versions is sorted rightly as long as all have three parts, and "newest first" shows 1.9 above 1.10 for those with two. A list of short ids is in one
#           order on the server and in another in the browser, so paging by the last id seen skips rows.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > sort.mjs <<'E'
import naturalSort from 'javascript-natural-sort';
import { orderBy } from 'natural-orderby';
import compare from 'natural-compare';
const orders = {
  'javascript-natural-sort': list => list.sort(naturalSort),
  'natural-orderby': list => orderBy(list),
  'natural-compare': list => list.sort(compare),
  'Intl.Collator': list => list.sort(new Intl.Collator('en', { numeric: true }).compare),
};
for (const list of [['1.10', '1.9'], ['1.10.0', '1.9.0'], ['v1.10', 'v1.9'], ['10.10', '10.9'], ['10.0.0.10', '10.0.0.9'], ['12e3', '9a41', '40b2'], ['edge-10', 'edge-9']]) {
  console.log(list.join(' '));
  for (const [name, order] of Object.entries(orders)) console.log(`  ${name}: ${order([...list]).join(' ')}`);
}
E
cat > expected <<'E'
1.10 1.9
  javascript-natural-sort: 1.10 1.9
  natural-orderby: 1.10 1.9
  natural-compare: 1.9 1.10
  Intl.Collator: 1.9 1.10
1.10.0 1.9.0
  javascript-natural-sort: 1.9.0 1.10.0
  natural-orderby: 1.9.0 1.10.0
  natural-compare: 1.9.0 1.10.0
  Intl.Collator: 1.9.0 1.10.0
v1.10 v1.9
  javascript-natural-sort: v1.9 v1.10
  natural-orderby: v1.9 v1.10
  natural-compare: v1.9 v1.10
  Intl.Collator: v1.9 v1.10
10.10 10.9
  javascript-natural-sort: 10.10 10.9
  natural-orderby: 10.10 10.9
  natural-compare: 10.9 10.10
  Intl.Collator: 10.9 10.10
10.0.0.10 10.0.0.9
  javascript-natural-sort: 10.0.0.9 10.0.0.10
  natural-orderby: 10.0.0.9 10.0.0.10
  natural-compare: 10.0.0.9 10.0.0.10
  Intl.Collator: 10.0.0.9 10.0.0.10
12e3 9a41 40b2
  javascript-natural-sort: 9a41 40b2 12e3
  natural-orderby: 9a41 40b2 12e3
  natural-compare: 9a41 12e3 40b2
  Intl.Collator: 9a41 12e3 40b2
edge-10 edge-9
  javascript-natural-sort: edge-9 edge-10
  natural-orderby: edge-9 edge-10
  natural-compare: edge-9 edge-10
  Intl.Collator: edge-9 edge-10
E
npm install --silent --no-audit --no-fund javascript-natural-sort@0.7.1 natural-orderby@5.0.0 natural-compare@1.4.0 >/dev/null
node sort.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries sort otherwise than noted"; exit 1; }
