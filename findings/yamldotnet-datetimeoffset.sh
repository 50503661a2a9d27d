#!/usr/bin/env bash
# Software: YamlDotNet 18.1.0 (NuGet), default serializer and deserializer.
# Expected: a DateTimeOffset is written as one timestamp, as DateTime is, and can be read back.
# Happens:  it is written as a mapping of its properties (DateTime, UtcDateTime, Day, Ticks and so on), some twenty lines for one time,
#           and reading that back fails. Reading a timestamp into a DateTimeOffset works, so only the export is broken.
# Matters:  every time of an execution is a DateTimeOffset; an export of a spec or a history becomes unreadable for everyone else.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > write.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using YamlDotNet.Core;
using YamlDotNet.Serialization;
var writer = new SerializerBuilder().Build();
var reader = new DeserializerBuilder().Build();
var time = new DateTimeOffset(2026, 11, 29, 5, 21, 32, TimeSpan.Zero);
Console.WriteLine("DateTime: " + writer.Serialize(time.UtcDateTime).Trim());
var written = writer.Serialize(time);
var lines = written.Trim().Split('\n');
Console.WriteLine($"DateTimeOffset: more than 15 lines {lines.Length > 15}, first '{lines[0]}'");
try { Console.WriteLine(reader.Deserialize<DateTimeOffset>(written)); }
catch (YamlException e) { Console.WriteLine("read back: " + e.GetType().Name); }
Console.WriteLine($"read of a timestamp: {reader.Deserialize<DateTimeOffset>("2026-11-29T05:21:32Z"):O}");
E
cat > expected <<'E'
DateTime: 2026-11-29T05:21:32.0000000Z
DateTimeOffset: more than 15 lines True, first 'DateTime: 2026-11-29T05:21:32.0000000'
read back: YamlException
read of a timestamp: 2026-11-29T05:21:32.0000000+00:00
E
dotnet run write.cs > seen
cat seen
diff expected seen || { echo "CHANGED: YamlDotNet writes otherwise than noted"; exit 1; }
