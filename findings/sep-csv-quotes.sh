#!/usr/bin/env bash
# Software: Sep 0.17.1 (NuGet, nietras).
# Expected: a CSV library reads a quoted field as its content, and quotes what it writes where a comma, a quote or a line break asks for it.
# Happens:  neither, unless Unescape and Escape are set. Fields come with their quotes, doubled ones included; what is written is written as it is,
#           so a comma makes a column more and a line break a row more. Nothing is reported.
# Matters:  messages of failed executions hold commas, quotes and line breaks: an export by the defaults shifts its columns for those rows only.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > csv.cs <<'E'
#:package Sep@0.17.1
#:property PublishAot=false
#:property InvariantGlobalization=true
using nietras.SeparatedValues;
var text = "node,message\n\"edge-1\",\"exit 1, \"\"no disk\"\"\"\n";
foreach (var unescape in new[] { false, true })
{
    using var reader = Sep.Reader(o => o with { Unescape = unescape }).FromText(text);
    foreach (var row in reader) Console.WriteLine($"read, Unescape {unescape}: {row["node"]} | {row["message"]}");
}
foreach (var escape in new[] { false, true })
{
    using var writer = Sep.New(',').Writer(o => o with { Escape = escape }).ToText();
    using (var row = writer.NewRow())
    {
        row["node"].Set("edge-1");
        row["message"].Set("exit 1, \"no disk\"");
    }
    Console.WriteLine($"written, Escape {escape}: {writer.ToString().TrimEnd().Split('\n')[1]}");
}
E
cat > expected <<'E'
read, Unescape False: "edge-1" | "exit 1, ""no disk"""
read, Unescape True: edge-1 | exit 1, "no disk"
written, Escape False: edge-1,exit 1, "no disk"
written, Escape True: edge-1,"exit 1, ""no disk"""
E
dotnet run csv.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library reads or writes otherwise than noted"; exit 1; }
