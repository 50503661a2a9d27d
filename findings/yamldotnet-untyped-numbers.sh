#!/usr/bin/env bash
# Software: YamlDotNet 18.1.0 (NuGet), WithAttemptingUnquotedStringTypeDeserialization.
# Expected: a bare number becomes an integer or a double, and has the value that is written.
# Happens:  fractions become Single whatever their digits, so a time in seconds moves by up to a minute and a price loses its cents;
#           hexadecimal numbers from 0x80000000 to 0xFFFFFFFF become negative.
# Matters:  a spec read for comparing shows two different values as equal, and one that was read and written again is another spec.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > read.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using YamlDotNet.Serialization;
var reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
foreach (var text in new[] { "1764393692.123", "1764393660.5", "123456789.25", "0x7FFFFFFF", "0xFFFFFFFF", "0x100000000" })
{
    var value = reader.Deserialize<object>(text);
    Console.WriteLine($"{text} is {value.GetType().Name} {(value is float f ? ((double)f).ToString("0.###") : value)}");
}
E
cat > expected <<'E'
1764393692.123 is Single 1764393728
1764393660.5 is Single 1764393600
123456789.25 is Single 123456792
0x7FFFFFFF is Int32 2147483647
0xFFFFFFFF is Int32 -1
0x100000000 is Int64 4294967296
E
dotnet run read.cs > seen
cat seen
diff expected seen || { echo "CHANGED: YamlDotNet reads otherwise than noted"; exit 1; }
