#!/usr/bin/env bash
# Software: YamlDotNet 18.1.0 (NuGet).
# Expected: one library reads a bare scalar by one schema, whether the target is an int or an object.
# Happens:  into an int it reads by YAML 1.1: 0644 is octal, 1:30 is base 60 (90), 1_000 and 0b101 are numbers, and 08 fails.
#           With WithAttemptingUnquotedStringTypeDeserialization the same text is 644, "1:30", "1_000", "0b101" and 8.
# Matters:  a typed field and the generic view of the same spec disagree on file modes, ports and short durations, on one page.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > read.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using YamlDotNet.Core;
using YamlDotNet.Serialization;
var typed = new DeserializerBuilder().Build();
var untyped = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
foreach (var text in new[] { "0644", "1:30", "22:22", "1_000", "0b101", "08" })
{
    string number;
    try { number = typed.Deserialize<int>(text).ToString(); }
    catch (YamlException) { number = "error"; }
    var any = untyped.Deserialize<object>(text);
    Console.WriteLine($"{text} int {number}, object {any.GetType().Name} {any}");
}
E
cat > expected <<'E'
0644 int 420, object Int16 644
1:30 int 90, object String 1:30
22:22 int 1342, object String 22:22
1_000 int 1000, object String 1_000
0b101 int 5, object String 0b101
08 int error, object Byte 8
E
dotnet run read.cs > seen
cat seen
diff expected seen || { echo "CHANGED: YamlDotNet reads otherwise than noted"; exit 1; }
