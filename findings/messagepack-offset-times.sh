#!/usr/bin/env bash
# Software: MessagePack 2.5.307 (NuGet, the serializer behind SignalR's MessagePack protocol); @msgpack/msgpack 3.1.3 and msgpackr 2.1.3 (npm) as readers.
# Expected: a DateTimeOffset holds an instant, and a timestamp in MessagePack is one by its definition, so another language reads the instant, as it does of a DateTime.
# Happens:  it is written as a pair: a timestamp that is wrong by the offset, since the clock's reading is packed as if it were UTC, and the offset in minutes.
#           Noon at +02:00 is read as 12:00Z elsewhere, and right again in .NET. With an offset of zero only the pair shows. A duration is a bare number of 100 ns.
# Matters:  last heartbeats lie hours ahead or behind, by node, in each consumer that takes the first of the pair for what its type says; tests in UTC see nothing.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > write.cs <<'E'
#:package MessagePack@2.5.307
#:property PublishAot=false
#:property NoWarn=NU1902;NU1903
using MessagePack;
var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2));
Write("DateTimeOffset 12:00+02:00", noon);
Write("DateTimeOffset 10:00+00:00", noon.ToUniversalTime());
Write("DateTime 10:00Z", noon.UtcDateTime);
Write("TimeSpan 90 s", TimeSpan.FromSeconds(90));
static void Write<T>(string name, T value) =>
    Console.WriteLine($"{name}|{Convert.ToHexString(MessagePackSerializer.Serialize(value))}|{MessagePackSerializer.Deserialize<T>(MessagePackSerializer.Serialize(value))!.Equals(value)}");
E
cat > read.mjs <<'E'
import fs from 'fs';
import { decode } from '@msgpack/msgpack';
import { unpack } from 'msgpackr';
for (const line of fs.readFileSync('written', 'utf8').trim().split('\n')) {
  const [name, hex, same] = line.split('|');
  console.log(`${name}: ${JSON.stringify(decode(Buffer.from(hex, 'hex')))}, ${JSON.stringify(unpack(Buffer.from(hex, 'hex')))}, the same again in .NET: ${same}`);
}
E
cat > expected <<'E'
DateTimeOffset 12:00+02:00: ["2026-01-01T12:00:00.000Z",120], ["2026-01-01T12:00:00.000Z",120], the same again in .NET: True
DateTimeOffset 10:00+00:00: ["2026-01-01T10:00:00.000Z",0], ["2026-01-01T10:00:00.000Z",0], the same again in .NET: True
DateTime 10:00Z: "2026-01-01T10:00:00.000Z", "2026-01-01T10:00:00.000Z", the same again in .NET: True
TimeSpan 90 s: 900000000, 900000000, the same again in .NET: True
E
npm install --silent --no-audit --no-fund --omit=optional @msgpack/msgpack@3.1.3 msgpackr@2.1.3 >/dev/null
dotnet run write.cs > written
node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries write or read otherwise than noted"; exit 1; }
