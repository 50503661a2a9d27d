#!/usr/bin/env bash
# Software: Parquet.Net 6.1.0 (NuGet), hyparquet 1.31.5 (npm) as the other reader.
# Expected: what the serializer writes of a class it reads into the class; a duration is one column, or refused as a type that it does not know; a time is a timestamp of Parquet and
#           keeps what kind it is.
# Happens:  a TimeSpan is written as a group of fourteen columns, one for each of its properties, and the same class cannot be read again: "has no fields". A DateTime is INT96, which
#           the format has given up, unless an attribute says otherwise: a local one is moved to UTC, one without a kind is taken for UTC, and both come back as something else than
#           they were. Each decimal takes 38 digits, 18 after the point.
# Matters:  an archive of executions with "took" is written every night and is not read before somebody needs it. Who counts the columns of the file, or reads it elsewhere, meets
#           TotalMicroseconds and no duration.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Europe/Berlin
cat > write.cs <<'E'
#:package Parquet.Net@6.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using Parquet.Serialization;
using static System.FormattableString;
async Task Write<T>(string name, T row)
{
    await using (var file = File.Create(name)) await ParquetSerializer.SerializeAsync(new[] { row }, file);
}
await Write("took.parquet", new Took { Id = 1, Length = TimeSpan.FromMinutes(90) });
try { await ParquetSerializer.DeserializeAsync<Took>(File.OpenRead("took.parquet")); Console.WriteLine("read again"); }
catch (InvalidOperationException refused) { Console.WriteLine($"took.parquet, read again: {refused.Message}"); }
await Write("times.parquet", new Times { Utc = new(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc), Local = new(2026, 1, 1, 10, 0, 0, DateTimeKind.Local), Plain = new(2026, 1, 1, 10, 0, 0), Cost = 1.5m });
var again = await ParquetSerializer.DeserializeAsync<Times>(File.OpenRead("times.parquet"));
var times = again.GetType().GetProperties().Select(property => property.GetValue(again)).OfType<IEnumerable<Times>>().First().First();
Console.WriteLine(Invariant($"times.parquet, read again: utc {times.Utc:HH:mm} {times.Utc.Kind}, local {times.Local:HH:mm} {times.Local.Kind}, plain {times.Plain:HH:mm} {times.Plain.Kind}"));
class Took { public int Id { get; set; } public TimeSpan Length { get; set; } }
class Times { public DateTime Utc { get; set; } public DateTime Local { get; set; } public DateTime Plain { get; set; } public decimal Cost { get; set; } }
E
cat > read.mjs <<'E'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
for (const name of ['took.parquet', 'times.parquet']) {
  const file = await asyncBufferFromFile(name), { schema } = await parquetMetadataAsync(file);
  console.log(`${name}: ${schema.slice(1).map(column => `${column.name} ${column.type ?? 'group'}${column.precision ? ` (${column.precision}, ${column.scale})` : ''}`).join(', ')}`);
  console.log(`${name}, read by hyparquet: ${JSON.stringify((await parquetReadObjects({ file }))[0], (key, value) => typeof value === 'bigint' ? `${value}n` : value)}`);
}
E
cat > expected <<'E'
took.parquet, read again: property 'Length' (System.TimeSpan) has no fields
times.parquet, read again: utc 10:00 Unspecified, local 09:00 Unspecified, plain 10:00 Unspecified
took.parquet: Id INT32, Length group, Ticks INT64, Days INT32, Hours INT32, Milliseconds INT32, Microseconds INT32, Nanoseconds INT32, Minutes INT32, Seconds INT32, TotalDays DOUBLE, TotalHours DOUBLE, TotalMilliseconds DOUBLE, TotalMicroseconds DOUBLE, TotalNanoseconds DOUBLE, TotalMinutes DOUBLE, TotalSeconds DOUBLE
took.parquet, read by hyparquet: {"Id":1,"Length":{"Ticks":"54000000000n","Days":0,"Hours":1,"Milliseconds":0,"Microseconds":0,"Nanoseconds":0,"Minutes":30,"Seconds":0,"TotalDays":0.0625,"TotalHours":1.5,"TotalMilliseconds":5400000,"TotalMicroseconds":5400000000,"TotalNanoseconds":5400000000000,"TotalMinutes":90,"TotalSeconds":5400}}
times.parquet: Utc INT96, Local INT96, Plain INT96, Cost FIXED_LEN_BYTE_ARRAY (38, 18)
times.parquet, read by hyparquet: {"Utc":"2026-01-01T10:00:00.000Z","Local":"2026-01-01T09:00:00.000Z","Plain":"2026-01-01T10:00:00.000Z","Cost":1.5}
E
npm install --silent --no-audit --no-fund hyparquet@1.31.5 >/dev/null
{ dotnet run write.cs; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: durations and times are written otherwise than noted"; exit 1; }
