#!/usr/bin/env bash
# Software: Cel 0.3.3 (NuGet), cel-js 0.8.2 (npm): the Common Expression Language, as Kubernetes and cloud policies use it.
# Expected: as the language says: what fails beside || is passed over when the other side is true, beside && when it is false, whichever side it is; whole numbers divide to whole
#           numbers; a time as text is in UTC; the size of a list is an int.
# Happens:  in .NET only the order from left to right counts: missing || true is an error, true || missing is true. In npm both are errors. There 7 / 2 is 3.5 and 9007199254740993 is
#           equal to its neighbour, and an escape in a text stays two letters. In .NET string() of a time keeps its offset and 1e21 is 1E+21; a size is an Int32, the other ints are
#           Int64.
# Matters:  an expression that a server takes and a dashboard tries out beforehand fails there for every node that lacks one of the labels, and the same one with its sides changed does
#           not. A share of nodes that is a whole number on the server is a fraction in the preview.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > expressions <<'E'
labels.site == "oslo" || labels.ring == "1"
labels.ring == "1" || labels.site == "oslo"
labels.ring == "1" && labels.site == "bergen"
7 / 2
9007199254740993 == 9007199254740992
"a\tb" == "a	b"
string(timestamp("2026-01-01T02:00:00+02:00"))
string(1e21)
size([1, 2])
E
cat > evaluate.cs <<'E'
#:package Cel@0.3.3
#:package Google.Protobuf@3.26.1
#:property PublishAot=false
#:property InvariantGlobalization=true
var node = new Dictionary<string, object?> { ["labels"] = new Dictionary<string, object?> { ["site"] = "oslo" } };
foreach (var expression in File.ReadLines("expressions"))
{
    string answer;
    try { var value = new Cel.CelEnvironment(null, null).Program(expression, node)!; answer = FormattableString.Invariant($"{value} ({value.GetType().Name})"); }
    catch (Cel.CelException error) { answer = error.GetType().Name; }
    Console.WriteLine($".NET {expression}: {answer}");
}
E
cat > evaluate.mjs <<'E'
import { readFileSync } from 'node:fs';
import { evaluate } from 'cel-js';
for (const expression of readFileSync('expressions', 'utf8').trim().split('\n')) {
  let answer;
  try { answer = evaluate(expression, { labels: { site: 'oslo' } }); } catch (error) { answer = error.constructor.name; }
  console.log(`npm ${expression}: ${answer}`);
}
E
cat > expected <<'E'
.NET labels.site == "oslo" || labels.ring == "1": True (Boolean)
.NET labels.ring == "1" || labels.site == "oslo": CelNoSuchFieldException
.NET labels.ring == "1" && labels.site == "bergen": CelNoSuchFieldException
.NET 7 / 2: 3 (Int64)
.NET 9007199254740993 == 9007199254740992: False (Boolean)
.NET "a\tb" == "a	b": True (Boolean)
.NET string(timestamp("2026-01-01T02:00:00+02:00")): 2026-01-01T02:00:00+02:00 (String)
.NET string(1e21): 1E+21 (String)
.NET size([1, 2]): 2 (Int32)
npm labels.site == "oslo" || labels.ring == "1": Error
npm labels.ring == "1" || labels.site == "oslo": Error
npm labels.ring == "1" && labels.site == "bergen": Error
npm 7 / 2: 3.5
npm 9007199254740993 == 9007199254740992: true
npm "a\tb" == "a	b": false
npm string(timestamp("2026-01-01T02:00:00+02:00")): Error
npm string(1e21): CelParseError
npm size([1, 2]): 2
E
npm install --silent --no-audit --no-fund cel-js@0.8.2 >/dev/null
{ dotnet run evaluate.cs; node evaluate.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: expressions are evaluated otherwise than noted"; exit 1; }
