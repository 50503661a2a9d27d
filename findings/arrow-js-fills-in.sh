#!/usr/bin/env bash
# Software: apache-arrow 21.2.0 (npm).
# Expected: what is missing in a row is null in its column, of whatever type; toArray() and iterating give the same values; a decimal of 1.50 is 1.5, a number that does not fit its
#           type is refused.
# Happens:  of rows of JSON a missing text is "" and a missing truth value false, while a missing number is null, as is what is null in each of them. toArray() of numbers makes 0 of
#           null, which the iterator gives as null. A decimal is its digits without the point: 150, and multiplied by one it still is. 300 in a Uint8 is 44. A time comes back as a
#           number, and microseconds from BigInts cannot be read at all.
# Matters:  "online" of nodes that never said so is false, their site is a site without a name, and a chart that takes the fast way draws zeros where nothing was measured; costs are a
#           hundred times as high.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > columns.mjs <<'E'
import { Decimal, TimestampMicrosecond, Uint8, tableFromJSON, vectorFromArray } from 'apache-arrow';
const show = value => JSON.stringify(value, (key, item) => typeof item === 'bigint' ? `${item}n` : item);
for (const rows of [[{ site: 'oslo', online: true, load: 1 }, { }], [{ site: 'oslo', online: true, load: 1 }, { site: null, online: null, load: null }]])
  console.log(`${show(rows)}: ${show(tableFromJSON(rows).toArray()[1])}`);
const loads = vectorFromArray([1, null, 3]);
console.log(`1, null, 3: one by one ${show([...loads])}, toArray() ${show([...loads.toArray()])}`);
const cost = vectorFromArray([new Uint32Array([150, 0, 0, 0])], new Decimal(2, 10)).get(0);
console.log(`decimal of 1.50: ${cost}, times one ${cost * 1}`);
console.log(`300 as Uint8: ${vectorFromArray([300], new Uint8()).get(0)}`);
const times = vectorFromArray([new Date('2026-01-01T00:00:00.123Z')]);
console.log(`a Date: ${times.type} ${show(times.get(0))}`);
try { console.log(`microseconds: ${show(vectorFromArray([1767225600123456n], new TimestampMicrosecond()).get(0))}`); } catch (error) { console.log(`microseconds: ${error.message}`); }
E
cat > expected <<'E'
[{"site":"oslo","online":true,"load":1},{}]: {"site":"","online":false,"load":null}
[{"site":"oslo","online":true,"load":1},{"site":null,"online":null,"load":null}]: {"site":null,"online":null,"load":null}
1, null, 3: one by one [1,null,3], toArray() [1,0,3]
decimal of 1.50: 150, times one 150
300 as Uint8: 44
a Date: Timestamp<MILLISECOND> 1767225600123
microseconds: Cannot mix BigInt and other types, use explicit conversions
E
npm install --silent --no-audit --no-fund apache-arrow@21.2.0 >/dev/null
node columns.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: columns are filled otherwise than noted"; exit 1; }
