#!/usr/bin/env bash
# Software: protobuf-net 3.4.40 (NuGet), protobufjs 8.8.1 (npm).
# Expected: what is serialized is read back equal; a time is the Timestamp that other languages know.
# Happens:  false, 0 and the first value of an enum are not written, and a property with an initial value reads that one instead: false is true. An analyzer in the
#           package warns of these (PBN0020), not of the rest: a list with initial members gets them in front of those sent; an empty list is null; a UTC time comes back
#           without its kind, a local one is written as it stands. A time is a message of its own: read as a Timestamp by another language it is a time in 1970, without
#           an error.
# Matters:  a switch that is on unless turned off can never be turned off from the other side; a gateway in Node.js draws all points at the beginning of time.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Asia/Kolkata
cat > send.cs <<'E'
#:package protobuf-net@3.4.40
#:property NoWarn=PBN0020
#:property PublishAot=false
#:property InvariantGlobalization=true
using ProtoBuf;
var at = new DateTime(2026, 7, 1, 10, 0, 0, DateTimeKind.Utc);
var sent = new Settings { Enabled = false, Retries = 0, Mode = Mode.Off, Ports = [9090], Labels = [], Utc = at, Local = at.ToLocalTime() };
using var file = File.Create("message");
Serializer.Serialize(file, sent);
file.Position = 0;
var read = Serializer.Deserialize<Settings>(file);
Console.WriteLine($"sent False, 0, Off: read {read.Enabled}, {read.Retries}, {read.Mode}");
Console.WriteLine($"sent [9090]: read [{string.Join(", ", read.Ports)}]; sent an empty list: read {(read.Labels == null ? "null" : "one")}");
Console.WriteLine($"sent {at:o}: read {read.Utc:o}; as local time: read {read.Local:o}");

public enum Mode { Off, On }
[ProtoContract]
public class Settings
{
    [ProtoMember(1)] public bool Enabled { get; set; } = true;
    [ProtoMember(2)] public int Retries { get; set; } = 3;
    [ProtoMember(3)] public Mode Mode { get; set; } = Mode.On;
    [ProtoMember(4)] public List<int> Ports { get; set; } = [80];
    [ProtoMember(5)] public string[]? Labels { get; set; }
    [ProtoMember(6)] public DateTime Utc { get; set; }
    [ProtoMember(7)] public DateTime Local { get; set; }
}
E
cat > read.mjs <<'E'
import fs from 'fs';
import protobuf from 'protobufjs';
const Settings = protobuf.parse('syntax = "proto3"; message Timestamp { int64 seconds = 1; int32 nanos = 2; } message Settings { Timestamp utc = 6; }').root.lookupType('Settings');
const { utc } = Settings.decode(fs.readFileSync('message'));
console.log(`as a Timestamp in Node.js: ${new Date(Number(utc.seconds) * 1000).toISOString()}`);
E
cat > expected <<'E'
sent False, 0, Off: read True, 3, On
sent [9090]: read [80, 9090]; sent an empty list: read null
sent 2026-07-01T10:00:00.0000000Z: read 2026-07-01T10:00:00.0000000; as local time: read 2026-07-01T15:30:00.0000000
as a Timestamp in Node.js: 1970-01-12T11:08:20.000Z
E
npm install --silent --no-audit --no-fund protobufjs@8.8.1 >/dev/null
{ dotnet run send.cs; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries send values otherwise than noted"; exit 1; }
