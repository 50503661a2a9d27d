#!/usr/bin/env bash
# Software: node-opcua-variant 2.182.0, node-opcua-date-time 2.181.0 and node-opcua-binary-stream 2.181.0 (npm), the types of node-opcua.
# Expected: what a server sends as Int64 is a number, a BigInt or a text; a time that is not set (0 in OPC UA) is null, and one without an end is the greatest that both know; a value
#           without a type is refused.
# Happens:  an Int64 is a pair of its halves: 5 is [0,5], which is neither above nor below 4, is NaN as a number, and "0,51" with 1 added. A time of 0 is 1601 and no end is the year
#           30828, which JSON.stringify writes with a plus and six digits; what the library is given as null comes back as 1601. A value of 5 without a type is sent as null, 1.5 as
#           Int32 is 1.
# Matters:  counters of machines are Int64: an alarm on one never fires, and a chart is empty, without an error. "last maintenance" of a device that never had one is 1601, and the
#           parser of another language refuses the list in which "no end" stands.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > values.mjs <<'E'
import streams from 'node-opcua-binary-stream';
import dates from 'node-opcua-date-time';
import variants from 'node-opcua-variant';
const received = given => {
  const stream = new streams.BinaryStream(Buffer.alloc(100));
  variants.encodeVariant(new variants.Variant(given), stream);
  stream.rewind();
  return variants.decodeVariant(stream).value;
};
const count = received({ dataType: 'Int64', value: 5 });
console.log(`Int64 of 5: ${JSON.stringify(count)}, above 4: ${count > 4}, below 4: ${count < 4}, as a number: ${Number(count)}, plus 1: ${JSON.stringify(count + 1)}`);
console.log(`a time of null: ${JSON.stringify(received({ dataType: 'DateTime', value: null }))}`);
for (const [name, bytes] of [['a time of 0', '0000000000000000'], ['the greatest time', 'ffffffffffffff7f']])
  console.log(`${name}, received: ${JSON.stringify(dates.decodeDateTime(new streams.BinaryStream(Buffer.from(bytes, 'hex'))))}`);
console.log(`5 without a type: ${received({ value: 5 })}, 1.5 as Int32: ${received({ dataType: 'Int32', value: 1.5 })}`);
E
cat > expected <<'E'
Int64 of 5: [0,5], above 4: false, below 4: false, as a number: NaN, plus 1: "0,51"
a time of null: "1601-01-01T00:00:00.000Z"
a time of 0, received: "1601-01-01T00:00:00.000Z"
the greatest time, received: "+030828-09-14T02:48:05.477Z"
5 without a type: null, 1.5 as Int32: 1
E
npm install --silent --no-audit --no-fund --ignore-scripts node-opcua-variant@2.182.0 node-opcua-date-time@2.181.0 node-opcua-binary-stream@2.181.0 >/dev/null 2>&1
node values.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: values are read otherwise than noted"; exit 1; }
