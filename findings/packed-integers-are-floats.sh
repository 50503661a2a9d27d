#!/usr/bin/env bash
# Software: cbor-x 1.6.8 and msgpackr 2.1.3 (npm), their plain JavaScript; System.Formats.Cbor 10.0.14 and MessagePack 2.5.307 (NuGet),
#           cbor 10.0.12 and @msgpack/msgpack 3.1.3 (npm) beside them.
# Expected: a whole number that fits 64 bits is written as an integer, as the formats have it and as every number up to 4294967295 is.
# Happens:  from 2^32 on both write a float, which strict readers in .NET refuse for a long. And of what others write in 8 bytes both make a BigInt, even of 5,
#           which JSON.stringify refuses.
# Matters:  every time in milliseconds and every size past 4 GiB is such a number: a message is read until a disk is larger than that, and "now" never is.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > write.mjs <<'E'
import fs from 'fs';
import * as cborX from 'cbor-x';
import * as msgpackr from 'msgpackr';
import cbor from 'cbor';
import * as msgpack from '@msgpack/msgpack';
for (const [name, encode] of [['cbor-x', cborX.encode], ['cbor', cbor.encode], ['msgpackr', msgpackr.pack], ['@msgpack/msgpack', msgpack.encode]])
  for (const value of [4294967295, 4294967296, 1767225600000])
    fs.appendFileSync('written', `${name} ${value} ${Buffer.from(encode(value)).toString('hex')}\n`);
for (const [name, decode, hex] of [['cbor-x', cborX.decode, '1b0000000000000005'], ['cbor', cbor.decode, '1b0000000000000005'], ['msgpackr', msgpackr.unpack, 'cf0000000000000005'], ['@msgpack/msgpack', msgpack.decode, 'cf0000000000000005']])
  console.log(`${name} reads 5 in 8 bytes as ${typeof decode(Buffer.from(hex, 'hex'))}`);
E
cat > read.cs <<'E'
#:package System.Formats.Cbor@10.0.14
#:package MessagePack@2.5.307
#:property PublishAot=false
#:property NoWarn=NU1902;NU1903
using System.Formats.Cbor;
using MessagePack;
foreach (var line in File.ReadLines("written").Select(l => l.Split(' ')))
{
    var bytes = Convert.FromHexString(line[2]);
    string read;
    try { read = $"{(line[0].Contains("cbor") ? new CborReader(bytes).ReadInt64() : MessagePackSerializer.Deserialize<long>(bytes))}"; }
    catch (Exception e) { read = e.GetType().Name; }
    Console.WriteLine($"{line[0]} {line[1]}: {line[2]} -> {read}");
}
E
cat > expected <<'E'
cbor-x reads 5 in 8 bytes as bigint
cbor reads 5 in 8 bytes as number
msgpackr reads 5 in 8 bytes as bigint
@msgpack/msgpack reads 5 in 8 bytes as number
cbor-x 4294967295: 1affffffff -> 4294967295
cbor-x 4294967296: fb41f0000000000000 -> InvalidOperationException
cbor-x 1767225600000: fb4279b76daa800000 -> InvalidOperationException
cbor 4294967295: 1affffffff -> 4294967295
cbor 4294967296: 1b0000000100000000 -> 4294967296
cbor 1767225600000: 1b0000019b76daa800 -> 1767225600000
msgpackr 4294967295: ceffffffff -> 4294967295
msgpackr 4294967296: cb41f0000000000000 -> MessagePackSerializationException
msgpackr 1767225600000: cb4279b76daa800000 -> MessagePackSerializationException
@msgpack/msgpack 4294967295: ceffffffff -> 4294967295
@msgpack/msgpack 4294967296: cf0000000100000000 -> 4294967296
@msgpack/msgpack 1767225600000: cf0000019b76daa800 -> 1767225600000
E
npm install --silent --no-audit --no-fund --omit=optional cbor-x@1.6.8 msgpackr@2.1.3 cbor@10.0.12 @msgpack/msgpack@3.1.3 >/dev/null
{ node write.mjs; dotnet run read.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries write or read otherwise than noted"; exit 1; }
