#!/usr/bin/env bash
# Software: Newtonsoft.Json 13.0.4 (NuGet), SelectTokens; jsonpath-plus 11.3.0 (npm) with its safe evaluation. RFC 9535 is the standard of both.
# Expected: a query finds the same nodes in both, and what the RFC says: what is absent is unequal to every value and is not null, 10 is not "10", [-1] is the last.
# Happens:  nodes without a state are among the not stopped ones in npm and the RFC, in .NET they are not. A missing member is null in npm, 10 is equal to "10",
#           and [-1] is nothing; in .NET [-1] is an error.
# Matters:  "all nodes that are not stopped" misses the ones that never reported on one side of an API; "[-1]", the newest of a list, is never there.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > fleet.json <<'E'
{"nodes": [{"id": "a", "state": "stopped", "cpu": 1}, {"id": "b", "state": "running", "cpu": 10, "note": null}, {"id": "c", "cpu": "10"}]}
E
cat > queries <<'E'
$.nodes[?(@.state!='stopped')].id
$.nodes[?(@.state=='stopped')].id
$.nodes[?(@.note==null)].id
$.nodes[?(@.cpu==10)].id
$.nodes[-1].id
$.nodes[-1:].id
E
cat > query.cs <<'E'
#:package Newtonsoft.Json@13.0.4
#:property PublishAot=false
using Newtonsoft.Json.Linq;
var fleet = JToken.Parse(File.ReadAllText("fleet.json"));
foreach (var query in File.ReadLines("queries"))
{
    string found;
    try { found = string.Join(' ', fleet.SelectTokens(query)); }
    catch (Exception e) { found = e.GetType().Name; }
    Console.WriteLine($"{query}: Newtonsoft.Json [{found}]");
}
E
cat > query.mjs <<'E'
import fs from 'fs';
import { JSONPath } from 'jsonpath-plus';
const fleet = JSON.parse(fs.readFileSync('fleet.json', 'utf8'));
for (const path of fs.readFileSync('queries', 'utf8').trim().split('\n')) console.log(` jsonpath-plus [${JSONPath({ path, json: fleet, eval: 'safe' }).join(' ')}]`);
E
cat > expected <<'E'
$.nodes[?(@.state!='stopped')].id: Newtonsoft.Json [b], jsonpath-plus [b c]
$.nodes[?(@.state=='stopped')].id: Newtonsoft.Json [a], jsonpath-plus [a]
$.nodes[?(@.note==null)].id: Newtonsoft.Json [b], jsonpath-plus [a b c]
$.nodes[?(@.cpu==10)].id: Newtonsoft.Json [b], jsonpath-plus [b c]
$.nodes[-1].id: Newtonsoft.Json [ArgumentOutOfRangeException], jsonpath-plus []
$.nodes[-1:].id: Newtonsoft.Json [c], jsonpath-plus [c]
E
npm install --silent --no-audit --no-fund jsonpath-plus@11.3.0 >/dev/null
paste -d, <(dotnet run query.cs) <(node query.mjs) > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries find otherwise than noted"; exit 1; }
