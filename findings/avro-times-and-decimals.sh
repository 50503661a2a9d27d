#!/usr/bin/env bash
# Software: Apache.Avro 1.12.2 (NuGet), avsc 5.7.9 (npm).
# Expected: a local-timestamp is the time on the wall, in each language and zone the same digits; 1.5 fits a decimal with two places; a schema made of a value can hold
#           it.
# Happens:  Apache.Avro turns a local-timestamp into UTC when it writes and into the zone of the machine when it reads: 10:00 in Kolkata is stored as 04:30, which avsc
#           reads. A DateTime without a kind is taken as local, also for timestamp-millis. 1.5 is refused where 1.50 is taken. avsc makes "float" of every number that is
#           no 32-bit integer, so a time in milliseconds comes back up to a minute away, and 0.1 as 0.10000000149011612.
# Matters:  the opening hours of a site shift by its zone between two services, and a topic with an inferred schema loses the order of its events.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Asia/Kolkata
cat > write.cs <<'E'
#:package Apache.Avro@1.12.2
#:property PublishAot=false
#:property InvariantGlobalization=true
using Avro;
using Avro.Generic;
using Avro.IO;
var schema = (RecordSchema)Schema.Parse("""
    {"type": "record", "name": "Window", "fields": [
        {"name": "opens", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}
    """);
foreach (var kind in Enum.GetValues<DateTimeKind>())
{
    var time = new DateTime(2026, 7, 1, 10, 0, 0, kind);
    using var file = File.Create(kind.ToString());
    Write(file, time, 1.50m);
    file.Position = 0;
    var read = new GenericDatumReader<GenericRecord>(schema, schema).Read(null!, new BinaryDecoder(file));
    Console.WriteLine($".NET writes {time:o} ({kind}), reads local-timestamp {read["opens"]:o}, timestamp {read["at"]:o}");
}
try { Write(new MemoryStream(), DateTime.UtcNow, 1.5m); Console.WriteLine("1.5 is taken"); }
catch (ArgumentOutOfRangeException e) { Console.WriteLine($"1.5: {e.Message.Split(" (")[0]}"); }

void Write(Stream stream, DateTime time, decimal price)
{
    var record = new GenericRecord(schema);
    record.Add("opens", time);
    record.Add("at", time);
    record.Add("price", new AvroDecimal(price));
    new GenericDatumWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(stream));
}
E
cat > read.mjs <<'E'
import fs from 'fs';
import avro from 'avsc';
const window = avro.Type.forSchema({ type: 'record', name: 'Window', fields: [{ name: 'opens', type: 'long' }, { name: 'at', type: 'long' }, { name: 'price', type: 'bytes' }] });
for (const kind of ['Unspecified', 'Utc', 'Local']) console.log(`stored for ${kind}: on the wall ${new Date(window.fromBuffer(fs.readFileSync(kind)).opens).toISOString().slice(0, 16)}`);
const event = { node: 'edge-1', at: Date.parse('2026-07-01T10:00:00Z'), cpu: 0.1 };
const inferred = avro.Type.forValue(event);
const read = inferred.fromBuffer(inferred.toBuffer(event));
console.log(`avsc infers ${inferred.fields.map(field => `${field.name} ${field.type.typeName}`).join(', ')}; 10:00:00 is read as ${new Date(read.at).toISOString()}, 0.1 as ${read.cpu}`);
E
cat > expected <<'E'
.NET writes 2026-07-01T10:00:00.0000000 (Unspecified), reads local-timestamp 2026-07-01T10:00:00.0000000+05:30, timestamp 2026-07-01T04:30:00.0000000Z
.NET writes 2026-07-01T10:00:00.0000000Z (Utc), reads local-timestamp 2026-07-01T15:30:00.0000000+05:30, timestamp 2026-07-01T10:00:00.0000000Z
.NET writes 2026-07-01T10:00:00.0000000+05:30 (Local), reads local-timestamp 2026-07-01T10:00:00.0000000+05:30, timestamp 2026-07-01T04:30:00.0000000Z
1.5: The decimal value has a scale of 1 which cannot be encoded against a logical 'decimal' with a scale of 2
stored for Unspecified: on the wall 2026-07-01T04:30
stored for Utc: on the wall 2026-07-01T10:00
stored for Local: on the wall 2026-07-01T04:30
avsc infers node string, at float, cpu float; 10:00:00 is read as 2026-07-01T10:01:04.256Z, 0.1 as 0.10000000149011612
E
npm install --silent --no-audit --no-fund avsc@5.7.9 >/dev/null
{ dotnet run write.cs; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries write otherwise than noted"; exit 1; }
