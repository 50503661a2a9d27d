#!/usr/bin/env bash
# Software: NJsonSchema 11.6.2 (NuGet); JsonSchema.Net 8.0.5 (NuGet), ajv 8.20.0 (npm) and jsonschema 4.10.3 (Debian python3-jsonschema) beside it.
# Expected: four validators agree on schemas of a line without any format or draft of its own.
# Happens:  NJsonSchema says that 1.0 and 1e3 are no integers, finds a text in the list of allowed ones unless it looks like a time, asks for members in what is no object,
#           and holds two objects for different whose members stand in another order.
# Matters:  a JavaScript peer writes 1000 and a Python one 1000.0 for the same setting; a job spec that the server took is refused by the editor, or the other way round.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s python3-jsonschema >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-jsonschema >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-jsonschema)
[ "$version" = 4.10.3-1 ] || { echo "python3-jsonschema is $version, this was seen on 4.10.3-1"; exit 1; }

cat > cases.json <<'E'
[["{\"type\": \"integer\"}", "1.0"],
 ["{\"type\": \"integer\"}", "1e3"],
 ["{\"enum\": [\"2026-01-01\"]}", "\"2026-01-01\""],
 ["{\"enum\": [\"2026-01-01T00:00:00Z\"]}", "\"2026-01-01T00:00:00Z\""],
 ["{\"required\": [\"node\"]}", "[\"edge-1\"]"],
 ["{\"uniqueItems\": true}", "[{\"a\": 1, \"b\": 2}, {\"b\": 2, \"a\": 1}]"]]
E
cat > check.cs <<'E'
#:package NJsonSchema@11.6.2
#:package JsonSchema.Net@8.0.5
#:property PublishAot=false
using System.Text.Json;
foreach (var test in JsonDocument.Parse(File.ReadAllText("cases.json")).RootElement.EnumerateArray())
{
    var (schema, text) = (test[0].GetString()!, test[1].GetString()!);
    var other = Json.Schema.JsonSchema.FromText(schema).Evaluate(JsonDocument.Parse(text).RootElement).IsValid;
    var own = (await NJsonSchema.JsonSchema.FromJsonAsync(schema)).Validate(text).Count == 0;
    Console.WriteLine($"{schema} {text}: NJsonSchema {own}, JsonSchema.Net {other}");
}
E
cat > check.mjs <<'E'
import fs from 'fs';
import Ajv from 'ajv/dist/2020.js';
for (const [schema, text] of JSON.parse(fs.readFileSync('cases.json'))) console.log('ajv', new Ajv.default({ strict: false }).validate(JSON.parse(schema), JSON.parse(text)) ? 'True' : 'False');
E
cat > check.py <<'E'
import json, jsonschema
for schema, text in json.load(open("cases.json")):
    print("Python", jsonschema.Draft202012Validator(json.loads(schema)).is_valid(json.loads(text)))
E
cat > expected <<'E'
{"type": "integer"} 1.0: NJsonSchema False, JsonSchema.Net True, ajv True, Python True
{"type": "integer"} 1e3: NJsonSchema False, JsonSchema.Net True, ajv True, Python True
{"enum": ["2026-01-01"]} "2026-01-01": NJsonSchema True, JsonSchema.Net True, ajv True, Python True
{"enum": ["2026-01-01T00:00:00Z"]} "2026-01-01T00:00:00Z": NJsonSchema False, JsonSchema.Net True, ajv True, Python True
{"required": ["node"]} ["edge-1"]: NJsonSchema False, JsonSchema.Net True, ajv True, Python True
{"uniqueItems": true} [{"a": 1, "b": 2}, {"b": 2, "a": 1}]: NJsonSchema True, JsonSchema.Net False, ajv False, Python False
E
npm install --silent --no-audit --no-fund ajv@8.20.0 >/dev/null
paste -d, <(dotnet run check.cs) <(node check.mjs) <(/usr/bin/python3 check.py) | sed 's/,\([aP]\)/, \1/g' > seen
cat seen
diff expected seen || { echo "CHANGED: the validators answer otherwise than noted"; exit 1; }
