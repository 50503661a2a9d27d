#!/usr/bin/env bash
# Software: Spectre.Console 0.57.2 (NuGet).
# Expected: what is written to a pipe or a file arrives as it was written; only a terminal needs its lines broken.
# Happens:  AnsiConsole.WriteLine breaks lines at 80 columns when its output is no terminal: a JSON line becomes two, and inside a text the break stands in for a blank.
#           A word that is longer than 80 letters is cut in two as well. Console.WriteLine does not.
# Matters:  a command line tool whose lines look right on a wide terminal gives half objects to whatever reads them, in CI logs and in cron, but only when they are long.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > tell.cs <<'E'
#:package Spectre.Console@0.57.2
#:property PublishAot=false
using Spectre.Console;
var line = """{"node":"edge-1","job":"ledger-sync","message":"the meter closed the connection after 30 s without a sample"}""";
var path = $"/{string.Join('/', Enumerable.Repeat("folder-of-logs", 8))}/sync.log";
if (args[0] == "spectre")
{
    AnsiConsole.WriteLine(line);
    AnsiConsole.WriteLine(path);
}
else
{
    Console.WriteLine(line);
    Console.WriteLine(path);
}
E
cat > count.mjs <<'E'
import { readFileSync } from 'fs';
const lines = readFileSync(0, 'utf8').trimEnd().split('\n');
const valid = text => { try { JSON.parse(text); return true; } catch { return false; } };
console.log(`${process.argv[2]}: ${lines.length} lines, the longest ${Math.max(...lines.map(line => line.length))} letters, the first is JSON: ${valid(lines[0])}`);
E
cat > expected <<'E'
spectre: 4 lines, the longest 80 letters, the first is JSON: false
console: 2 lines, the longest 129 letters, the first is JSON: true
E
dotnet build tell.cs -v quiet -o out >/dev/null
for way in spectre console; do dotnet out/tell.dll $way | node count.mjs $way; done > seen
cat seen
diff expected seen || { echo "CHANGED: Spectre.Console writes otherwise than noted"; exit 1; }
