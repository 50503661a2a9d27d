#!/usr/bin/env bash
# Software: knx 2.5.4 (npm), the values of building automation (KNX data point types).
# Expected: 7FFF in a temperature is what the standard says, "no valid value"; a time of day with a weekday is that, or a moment that was; a text ends where it ends; a value out of
#           range is refused with its name.
# Happens:  7FFF is 670760.96 degrees. A time of day on Sunday at ten becomes a Date of the Sunday to come, with the milliseconds of now, though it was sent just now or last Sunday. A
#           text keeps its zeros up to fourteen letters, so it is not equal to itself. 256 in a byte is "range is not defined", an error of the library.
# Matters:  a sensor that is broken is the hottest place in the building and draws the chart's axis for all others; "last switched" lies in the future; a filter for a name finds no
#           device.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=UTC
cat > values.mjs <<'E'
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url), log = console.log;
console.log = console.info = () => {};
const types = require('knx/src/dptlib');
console.log = log;
const read = (type, hex) => types.fromBuffer(Buffer.from(hex, 'hex'), types.resolve(type));
for (const hex of ['0c33', '7ffe', '7fff']) console.log(`DPT9.001 ${hex}: ${read('DPT9.001', hex)}`);
const time = read('DPT10.001', 'ea0000');
console.log(`DPT10.001 ea0000, Sunday 10:00:00: ${time.constructor.name}, day ${time.getDay()}, ${time.toTimeString().slice(0, 8)}, in the future: ${time > new Date()}`);
const text = read('DPT16.000', '656467652d310000000000000000');
console.log(`DPT16.000 edge-1: ${JSON.stringify(text)}, equal to "edge-1": ${text === 'edge-1'}`);
for (const [type, value] of [['DPT5', 255], ['DPT5', 256]]) {
  const sent = {};
  try { types.populateAPDU(value, sent, type); log(`${type} ${value}: ${sent.data.toString('hex')}`); } catch (error) { log(`${type} ${value}: ${error.message}`); }
}
E
cat > expected <<'E'
DPT9.001 0c33: 21.5
DPT9.001 7ffe: 670433.28
DPT9.001 7fff: 670760.96
DPT10.001 ea0000, Sunday 10:00:00: Date, day 0, 10:00:00, in the future: true
DPT16.000 edge-1: "edge-1\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000", equal to "edge-1": false
DPT5 255: ff
DPT5 256: range is not defined
E
npm install --silent --no-audit --no-fund --ignore-scripts knx@2.5.4 >/dev/null 2>&1
node values.mjs 2>/dev/null > seen
cat seen
diff expected seen || { echo "CHANGED: values are read otherwise than noted"; exit 1; }
