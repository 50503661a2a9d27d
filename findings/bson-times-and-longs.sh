#!/usr/bin/env bash
# Software: MongoDB.Bson 3.14.0 (NuGet), bson 7.3.4 (npm).
# Expected: a time that is stored as a number of milliseconds is refused by a property that is a DateTime, or read as that time; Extended JSON is exact.
# Happens:  .NET reads the number as ticks: Date.now() is the third of January of the year 1. A duration written as 90 is 9 microseconds. A TimeSpan is stored as text, by
#           which 30 hours are less than 22; a DateTimeOffset as an object of three members, which no date index sees. A DateTime without a kind is taken as local.
#           EJSON.stringify of Node.js rounds whole numbers past 2^53.
# Matters:  events of an agent in JavaScript all lie in the year 1 for the dashboard in .NET, without an error; a sort by duration puts the longest first or last by
#           chance.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Asia/Kolkata
cat > write.mjs <<'E'
import fs from 'fs';
import { serialize } from 'bson';
fs.writeFileSync('agent', serialize({ At: Date.parse('2026-07-01T10:00:00Z'), Took: 90 }));
E
cat > run.cs <<'E'
#:package MongoDB.Bson@3.14.0
#:property NoWarn=NU1603
#:property PublishAot=false
#:property InvariantGlobalization=true
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
var read = BsonSerializer.Deserialize<Run>(File.ReadAllBytes("agent"));
Console.WriteLine($"milliseconds of 2026-07-01T10:00:00Z from Node.js: {read.At:o}; a duration of 90: {read.Took}");
var time = new DateTime(2026, 7, 1, 10, 0, 0);
var runs = new[] { 22, 30 }.Select(hours => new Run { At = time, Offset = new DateTimeOffset(time, TimeSpan.FromHours(2)), Took = TimeSpan.FromHours(hours), Sequence = 9007199254740993 }.ToBsonDocument()).ToArray();
Console.WriteLine($"{time:o}, no kind, is stored as {runs[0]["At"]}");
Console.WriteLine($"an offset of two hours is stored as {runs[0]["Offset"]}");
Console.WriteLine($"30 hours are stored as {runs[1]["Took"]}, less than {runs[0]["Took"]}: {runs[1]["Took"] < runs[0]["Took"]}");
File.WriteAllBytes("dashboard", runs[0].ToBson());

public class Run
{
    public DateTime At { get; set; }
    public DateTimeOffset Offset { get; set; }
    public TimeSpan Took { get; set; }
    public long Sequence { get; set; }
}
E
cat > read.mjs <<'E'
import fs from 'fs';
import { deserialize, EJSON } from 'bson';
const { Sequence } = deserialize(fs.readFileSync('dashboard'));
console.log(`sequence 9007199254740993 in Node.js: ${Sequence}, as Extended JSON ${EJSON.stringify({ Sequence })}`);
E
cat > expected <<'E'
milliseconds of 2026-07-01T10:00:00Z from Node.js: 0001-01-03T01:31:30.0000000Z; a duration of 90: 00:00:00.0000090
2026-07-01T10:00:00.0000000, no kind, is stored as 2026-07-01T04:30:00Z
an offset of two hours is stored as { "DateTime" : { "$date" : "2026-07-01T08:00:00Z" }, "Ticks" : 639184968000000000, "Offset" : 120 }
30 hours are stored as 1.06:00:00, less than 22:00:00: True
sequence 9007199254740993 in Node.js: 9007199254740993, as Extended JSON {"Sequence":9007199254740992}
E
npm install --silent --no-audit --no-fund bson@7.3.4 >/dev/null
{ node write.mjs; dotnet run run.cs; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries store values otherwise than noted"; exit 1; }
