#!/usr/bin/env bash
# Software: ajv 8.20.0 and jsonschema 1.5.0 (npm), JsonSchema.Net 8.0.5 (NuGet), jsonschema of Python (Debian python3-jsonschema 4.10.3-1).
# Expected: 0.3 is a multiple of 0.1, and 19.99 one of 0.01.
# Happens:  ajv and Python's jsonschema divide in binary: 0.3, 0.7, 4.35 and 19.99 are refused, 1.1 and 0.2 are taken. JsonSchema.Net and npm's jsonschema take all. ajv has
#           multipleOfPrecision for it, which is off by default.
# Matters:  a spec with an interval of 0.3 s is refused by the form in the browser, in words that are plainly wrong, and taken by the server.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s python3-jsonschema >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-jsonschema >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-jsonschema)
[ "$version" = 4.10.3-1 ] || { echo "python3-jsonschema is $version, this was seen on 4.10.3-1"; exit 1; }

cat > cases <<'E'
0.1 0.2
0.1 0.3
0.1 0.7
0.1 1.1
0.01 4.35
0.01 19.99
0.1 0.25
E
cat > check.cs <<'E'
#:package JsonSchema.Net@8.0.5
#:property PublishAot=false
using System.Text.Json;
using Json.Schema;
foreach (var line in File.ReadLines("cases"))
{
    var parts = line.Split(' ');
    var valid = JsonSchema.FromText($$"""{"multipleOf":{{parts[0]}}}""").Evaluate(JsonDocument.Parse(parts[1]).RootElement).IsValid;
    Console.WriteLine($"JsonSchema.Net: {parts[1]} of {parts[0]} {(valid ? "taken" : "refused")}");
}
E
cat > check.mjs <<'E'
import { readFileSync } from 'fs';
import Ajv from 'ajv';
import jsonschema from 'jsonschema';
for (const [step, value] of readFileSync('cases', 'utf8').trim().split('\n').map(line => line.split(' ').map(Number))) {
  const schema = { type: 'number', multipleOf: step }, word = valid => valid ? 'taken' : 'refused';
  console.log(`ajv: ${value} of ${step} ${word(new Ajv.default().validate(schema, value))}`);
  console.log(`ajv with multipleOfPrecision: ${value} of ${step} ${word(new Ajv.default({ multipleOfPrecision: 6 }).validate(schema, value))}`);
  console.log(`npm jsonschema: ${value} of ${step} ${word(jsonschema.validate(value, schema).valid)}`);
}
E
cat > check.py <<'E'
from jsonschema import Draft7Validator
for line in open("cases"):
    step, value = line.split()
    valid = Draft7Validator({"multipleOf": float(step)}).is_valid(float(value))
    print(f"Python jsonschema: {value} of {step} {'taken' if valid else 'refused'}")
E
cat > expected <<'E'
JsonSchema.Net: 0.2 of 0.1 taken
JsonSchema.Net: 0.25 of 0.1 refused
JsonSchema.Net: 0.3 of 0.1 taken
JsonSchema.Net: 0.7 of 0.1 taken
JsonSchema.Net: 1.1 of 0.1 taken
JsonSchema.Net: 19.99 of 0.01 taken
JsonSchema.Net: 4.35 of 0.01 taken
Python jsonschema: 0.2 of 0.1 taken
Python jsonschema: 0.25 of 0.1 refused
Python jsonschema: 0.3 of 0.1 refused
Python jsonschema: 0.7 of 0.1 refused
Python jsonschema: 1.1 of 0.1 taken
Python jsonschema: 19.99 of 0.01 refused
Python jsonschema: 4.35 of 0.01 refused
ajv with multipleOfPrecision: 0.2 of 0.1 taken
ajv with multipleOfPrecision: 0.25 of 0.1 refused
ajv with multipleOfPrecision: 0.3 of 0.1 taken
ajv with multipleOfPrecision: 0.7 of 0.1 taken
ajv with multipleOfPrecision: 1.1 of 0.1 taken
ajv with multipleOfPrecision: 19.99 of 0.01 taken
ajv with multipleOfPrecision: 4.35 of 0.01 taken
ajv: 0.2 of 0.1 taken
ajv: 0.25 of 0.1 refused
ajv: 0.3 of 0.1 refused
ajv: 0.7 of 0.1 refused
ajv: 1.1 of 0.1 taken
ajv: 19.99 of 0.01 refused
ajv: 4.35 of 0.01 refused
npm jsonschema: 0.2 of 0.1 taken
npm jsonschema: 0.25 of 0.1 refused
npm jsonschema: 0.3 of 0.1 taken
npm jsonschema: 0.7 of 0.1 taken
npm jsonschema: 1.1 of 0.1 taken
npm jsonschema: 19.99 of 0.01 taken
npm jsonschema: 4.35 of 0.01 taken
E
npm install --silent --no-audit --no-fund ajv@8.20.0 jsonschema@1.5.0 >/dev/null
{ dotnet run check.cs; node check.mjs; /usr/bin/python3 check.py; } | LC_ALL=C sort > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries check otherwise than noted"; exit 1; }
