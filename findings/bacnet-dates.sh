#!/usr/bin/env bash
# Software: node-bacnet 0.2.4 and @bacnet-js/client 3.3.2 (npm), dates, times and large numbers of BACnet as received.
# Expected: 4 January is 4 January; a part that is "any" (FF) stays so, or the whole is null; a time is no moment of a day in 1900; an Unsigned of eight bytes, which a counter of
#           energy may have, is a BigInt or a text.
# Happens:  node-bacnet reads each date a month late: 4 January is 4 February, and writes January as month 0, so that it understands itself and nobody else. "any" is 1 February 1901
#           there and 1 January 1900 in the other; the last day of January, written 32, is 4 March or 1900. 23:59 without seconds is 00:03:15 of the next day, as FF is added as 255
#           seconds. A number of eight bytes throws in both, with all that was read together with it.
# Matters:  calendars of plants, "last start" and the schedule of a maintenance come with parts that are any: none is refused and all are wrong. One large counter makes a device
#           unreadable.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=UTC
cat > read.mjs <<'E'
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const libraries = { 'node-bacnet': require('./node_modules/node-bacnet/lib/asn1.js'), '@bacnet-js/client': require('./node_modules/@bacnet-js/client/dist/lib/asn1.js') };
const received = { '4 January 2026': 'a47e010407', 'the last day of January 2026': 'a47e0120ff', 'any date': 'a4ffffffff', '10:00:00.00': 'b40a000000', '23:59, any second': 'b4173bffff', 'any time': 'b4ffffffff', 'Unsigned of 4 bytes': '24ffffffff', 'Unsigned of 8 bytes': '25080000000100000000' };
for (const [name, library] of Object.entries(libraries)) {
  for (const [what, hex] of Object.entries(received)) {
    const bytes = Buffer.from(hex, 'hex');
    let read;
    try { const { value } = library.bacappDecodeApplicationData(bytes, 0, bytes.length, 0, 0); read = value instanceof Date ? value.toISOString() : value; } catch (error) { read = error.message.split('.')[0]; }
    console.log(`${name}, ${what}: ${read}`);
  }
  const sent = { buffer: Buffer.alloc(20), offset: 0 };
  library.encodeApplicationDate(sent, new Date('2026-01-04T00:00:00Z'));
  console.log(`${name}, 4 January 2026 sent: ${sent.buffer.subarray(0, sent.offset).toString('hex')}, read again: ${library.bacappDecodeApplicationData(sent.buffer, 0, sent.offset, 0, 0).value.toISOString().slice(0, 10)}`);
}
E
cat > expected <<'E'
node-bacnet, 4 January 2026: 2026-02-04T00:00:00.000Z
node-bacnet, the last day of January 2026: 2026-03-04T00:00:00.000Z
node-bacnet, any date: 1901-02-01T00:00:00.000Z
node-bacnet, 10:00:00.00: 1901-02-01T10:00:00.000Z
node-bacnet, 23:59, any second: 1901-02-02T00:03:15.000Z
node-bacnet, any time: 1901-02-01T00:00:00.000Z
node-bacnet, Unsigned of 4 bytes: 4294967295
node-bacnet, Unsigned of 8 bytes: The value of "byteLength" is out of range
node-bacnet, 4 January 2026 sent: a47e000407, read again: 2026-01-04
@bacnet-js/client, 4 January 2026: 2026-01-04T00:00:00.000Z
@bacnet-js/client, the last day of January 2026: 1900-01-01T00:00:00.000Z
@bacnet-js/client, any date: 1900-01-01T00:00:00.000Z
@bacnet-js/client, 10:00:00.00: 1900-01-01T10:00:00.000Z
@bacnet-js/client, 23:59, any second: 1900-01-02T00:03:15.000Z
@bacnet-js/client, any time: 1900-01-01T00:00:00.000Z
@bacnet-js/client, Unsigned of 4 bytes: 4294967295
@bacnet-js/client, Unsigned of 8 bytes: The value of "byteLength" is out of range
@bacnet-js/client, 4 January 2026 sent: a47e010407, read again: 2026-01-04
E
npm install --silent --no-audit --no-fund --ignore-scripts node-bacnet@0.2.4 @bacnet-js/client@3.3.2 >/dev/null 2>&1
node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: values are read otherwise than noted"; exit 1; }
