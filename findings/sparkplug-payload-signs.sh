#!/usr/bin/env bash
# Software: sparkplug-payload 1.0.3 (npm) of the Eclipse Tahu project, beside long 5.3.2 or protobufjs 8.8.1, which brings that along.
# Expected: what is encoded as a signed type is decoded as what it was; what else a project installs does not change the numbers that a library with its own dependencies gives.
# Happens:  alone it decodes an Int64 of -5 as -5. Beside a long of version 5 the same code says 18446744073709551611, since it finds the other one's class at run time;
#           Int32 is right in both. Nothing warns at the installation. A Date given for a DateTime is encoded as 0.
# Matters:  the tests of the decoder are green in its own package and negative counters show 18 quintillion in the service that also speaks gRPC. The time of a sample that was
#           given as the Date it is lies in 1970.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"

cat > payload.mjs <<'E'
import sparkplug from 'sparkplug-payload';
const { encodePayload, decodePayload } = sparkplug.get('spBv1.0');
for (const [type, value] of [['Int32', -5], ['Int64', -5], ['DateTime', 1767225600000], ['DateTime', new Date(1767225600000)]]) {
  const read = decodePayload(encodePayload({ timestamp: 0, metrics: [{ name: 'metric', type, value }] })).metrics[0].value;
  console.log(`${process.argv[2]}: ${type} ${value instanceof Date ? value.toISOString() : value} -> ${read}`);
}
E
decode() {
    mkdir "$1"; cp payload.mjs "$1"
    (cd "$1"; shift; npm install --silent --no-audit --no-fund "$@" >/dev/null; node payload.mjs "$name")
}
cat > expected <<'E'
alone: Int32 -5 -> -5
alone: Int64 -5 -> -5
alone: DateTime 1767225600000 -> 1767225600000
alone: DateTime 2026-01-01T00:00:00.000Z -> 0
beside long: Int32 -5 -> -5
beside long: Int64 -5 -> 18446744073709551611
beside long: DateTime 1767225600000 -> 1767225600000
beside long: DateTime 2026-01-01T00:00:00.000Z -> 0
beside protobufjs: Int32 -5 -> -5
beside protobufjs: Int64 -5 -> 18446744073709551611
beside protobufjs: DateTime 1767225600000 -> 1767225600000
beside protobufjs: DateTime 2026-01-01T00:00:00.000Z -> 0
E
{
    name=alone decode one sparkplug-payload@1.0.3
    name="beside long" decode two sparkplug-payload@1.0.3 long@5.3.2
    name="beside protobufjs" decode three sparkplug-payload@1.0.3 protobufjs@8.8.1
} > seen
cat seen
diff expected seen || { echo "CHANGED: the library decodes otherwise than noted"; exit 1; }
