#!/usr/bin/env bash
# Software: protobufjs 8.8.1 and @bufbuild/protobuf 2.17.0 (npm), Google.Protobuf 3.36.2 (NuGet).
# Expected: the JSON of protobuf is one format: a time is "2026-01-01T00:00:00Z", a duration "1.5s", an Int64Value a bare number, and what does not fit is refused.
# Happens:  protobufjs writes a time as {"seconds":...,"nanos":...}, a duration too and an Int64Value as {"value":...}, and refuses the texts that all others write. A Date given for a
#           time is 1970 and a Struct is empty, without a word, and verify() finds nothing wrong; "12x" is 12, 1.5 is 1, an unknown name of an enum is its first. The name of a field is
#           taken in one spelling only. The other library makes 2 March of 30 February. An id of 32 hexadecimal digits, as OpenTelemetry writes trace ids in JSON, is 24 bytes for any
#           reader of the real format.
# Matters:  a gateway in Node.js between a Go server and a dashboard in .NET: what one writes the other refuses, or shows each time as 1970. Trace ids of logs read as bytes lead to no
#           trace.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > write.mjs <<'E'
import protobuf from 'protobufjs';
import { fromJson, toJsonString } from '@bufbuild/protobuf';
import { TimestampSchema, DurationSchema } from '@bufbuild/protobuf/wkt';
const root = new protobuf.Root();
for (const name of ['timestamp', 'duration', 'wrappers', 'struct']) root.addJSON(protobuf.common.get(`google/protobuf/${name}.proto`).nested);
root.define('fleet').addJSON({
  State: { values: { UNKNOWN: 0, RUNNING: 1 } },
  Run: { fields: { started_at: { type: 'google.protobuf.Timestamp', id: 1 }, took: { type: 'google.protobuf.Duration', id: 2 }, node: { type: 'google.protobuf.Int64Value', id: 3 },
    labels: { type: 'google.protobuf.Struct', id: 4 }, state: { type: 'State', id: 5 }, bytes: { type: 'int64', id: 6 } } },
});
const Run = root.lookupType('fleet.Run');
for (const run of [{ started_at: { seconds: 1767225600 }, took: { seconds: 1, nanos: 500000000 }, node: { value: 5 } }, { started_at: '2026-01-01T00:00:00Z' }, { took: '1.5s' },
  { started_at: new Date('2026-01-01T00:00:00Z') }, { labels: { site: 'oslo' } }, { state: 'PAUSED' }, { bytes: '12x' }, { bytes: 1.5 }, { startedAt: { seconds: 1767225600 } }]) {
  let text;
  try { text = `${JSON.stringify(Run.fromObject(run))}, verify: ${Run.verify(run) ?? 'nothing wrong'}`; } catch (error) { text = error.message; }
  console.log(`protobufjs ${JSON.stringify(run)}: ${text}`);
}
for (const [schema, text] of [[TimestampSchema, '2026-01-01T00:00:00Z'], [TimestampSchema, '2026-02-30T00:00:00Z'], [DurationSchema, '1.5s']])
  console.log(`bufbuild ${text}: ${toJsonString(schema, fromJson(schema, text))}`);
E
cat > write.cs <<'E'
#:package Google.Protobuf@3.36.2
#:property PublishAot=false
#:property InvariantGlobalization=true
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
Console.WriteLine($".NET a time: {Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddSeconds(1767225600))}, a duration: {Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5))}");
try { Console.WriteLine(JsonParser.Default.Parse<Timestamp>("\"2026-02-30T00:00:00Z\"")); }
catch (InvalidProtocolBufferException refused) { Console.WriteLine($".NET {refused.Message}"); }
Console.WriteLine($".NET trace id of 16 bytes in hexadecimal: {JsonParser.Default.Parse<BytesValue>("\"5b8efff798038103d269b633813fc60c\"").Value.Length} bytes");
E
cat > expected <<'E'
protobufjs {"started_at":{"seconds":1767225600},"took":{"seconds":1,"nanos":500000000},"node":{"value":5}}: {"started_at":{"seconds":"1767225600"},"took":{"seconds":"1","nanos":500000000},"node":{"value":"5"}}, verify: nothing wrong
protobufjs {"started_at":"2026-01-01T00:00:00Z"}: .fleet.Run.started_at: object expected
protobufjs {"took":"1.5s"}: .fleet.Run.took: object expected
protobufjs {"started_at":"2026-01-01T00:00:00.000Z"}: {"started_at":{}}, verify: nothing wrong
protobufjs {"labels":{"site":"oslo"}}: {"labels":{}}, verify: nothing wrong
protobufjs {"state":"PAUSED"}: {}, verify: state: enum value expected
protobufjs {"bytes":"12x"}: {"bytes":"12"}, verify: bytes: integer|Long expected
protobufjs {"bytes":1.5}: {"bytes":"1"}, verify: bytes: integer|Long expected
protobufjs {"startedAt":{"seconds":1767225600}}: {}, verify: nothing wrong
bufbuild 2026-01-01T00:00:00Z: "2026-01-01T00:00:00Z"
bufbuild 2026-02-30T00:00:00Z: "2026-03-02T00:00:00Z"
bufbuild 1.5s: "1.500s"
.NET a time: "2026-01-01T00:00:00Z", a duration: "1.500s"
.NET Invalid Timestamp value: 2026-02-30T00:00:00Z
.NET trace id of 16 bytes in hexadecimal: 24 bytes
E
npm install --silent --no-audit --no-fund protobufjs@8.8.1 @bufbuild/protobuf@2.17.0 >/dev/null
{ node write.mjs; dotnet run write.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: JSON of protobuf is written otherwise than noted"; exit 1; }
