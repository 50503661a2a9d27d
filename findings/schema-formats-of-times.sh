#!/usr/bin/env bash
# Software: ajv 8.20.0 with ajv-formats 3.0.1 (npm), JsonSchema.Net 8.0.5 (NuGet), jsonschema 4.10.3 (Debian python3-jsonschema).
# Expected: the formats of JSON Schema name texts by RFC, so validators that check a format agree, and one that cannot check it says so.
# Happens:  ajv takes a date-time and a time with the offset +05, a date-time with +0530, a UUID with urn:uuid: in front and a host name with a dot at its end;
#           JsonSchema.Net an IPv6 address in brackets. Python's FormatChecker, as Debian installs it, does not know date-time, duration and hostname and takes anything
#           there; as "time" it takes 10:00:00, which the RFC refuses, and refuses 10:00:00Z.
# Matters:  a job spec that the dashboard has validated is refused by the control plane, or goes through with "yesterday" as its start.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s python3-jsonschema >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-jsonschema >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-jsonschema)
case $version in 4.10.3-*) ;; *) echo "python3-jsonschema is $version, this was seen on 4.10.3"; exit 1;; esac
cat > cases.json <<'E'
[["date-time", "2026-11-29T10:00:00Z"], ["date-time", "2026-11-29 10:00:00Z"], ["date-time", "2026-11-29T10:00:00+0530"], ["date-time", "2026-11-29T10:00:00+05"], ["date-time", "yesterday"],
 ["time", "10:00:00Z"], ["time", "10:00:00"], ["time", "10:00:00+05"], ["duration", "PT36H"], ["duration", "36h"],
 ["uuid", "0193739f-8e3c-7e5c-8b1d-0000000000ab"], ["uuid", "urn:uuid:0193739f-8e3c-7e5c-8b1d-0000000000ab"], ["hostname", "edge-1."], ["hostname", "edge_1"], ["ipv6", "[::1]"]]
E
cat > validate.mjs <<'E'
import fs from 'fs';
import { createRequire } from 'module';
const require = createRequire(import.meta.url);
const Ajv = require('ajv/dist/2020').default;
const ajv = require('ajv-formats').default(new Ajv());
console.log(JSON.stringify(JSON.parse(fs.readFileSync('cases.json')).map(([format, text]) => ajv.validate({ type: 'string', format }, text))));
E
cat > validate.cs <<'E'
#:package JsonSchema.Net@8.0.5
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Text.Json;
using Json.Schema;
var options = new EvaluationOptions { RequireFormatValidation = true };
var cases = JsonDocument.Parse(File.ReadAllText("cases.json")).RootElement.EnumerateArray();
var answers = cases.Select(pair => JsonSchema.FromText($$"""{"format": "{{pair[0]}}"}""").Evaluate(pair[1], options).IsValid);
Console.WriteLine("[" + string.Join(",", answers.Select(answer => answer ? "true" : "false")) + "]");
E
cat > validate.py <<'E'
import json, subprocess
from jsonschema import Draft202012Validator, FormatChecker
node, net = [json.loads(subprocess.check_output(command, text=True)) for command in (['node', 'validate.mjs'], ['dotnet', 'run', 'validate.cs'])]
checker = FormatChecker()
more = {'date-time', 'duration', 'hostname'} & set(checker.checkers)
if more:
    raise SystemExit(f'this was seen without the packages that check {more}')
word = lambda valid: 'valid' if valid else 'not'
for (format, text), ajv, dotnet in zip(json.load(open('cases.json')), node, net):
    python = Draft202012Validator({'format': format}, format_checker=checker).is_valid(text)
    print(f'{format} {text}: ajv {word(ajv)}, .NET {word(dotnet)}, Python {word(python)}')
E
cat > expected <<'E'
date-time 2026-11-29T10:00:00Z: ajv valid, .NET valid, Python valid
date-time 2026-11-29 10:00:00Z: ajv valid, .NET valid, Python valid
date-time 2026-11-29T10:00:00+0530: ajv valid, .NET not, Python valid
date-time 2026-11-29T10:00:00+05: ajv valid, .NET not, Python valid
date-time yesterday: ajv not, .NET not, Python valid
time 10:00:00Z: ajv valid, .NET valid, Python not
time 10:00:00: ajv not, .NET not, Python valid
time 10:00:00+05: ajv valid, .NET not, Python not
duration PT36H: ajv valid, .NET valid, Python valid
duration 36h: ajv not, .NET not, Python valid
uuid 0193739f-8e3c-7e5c-8b1d-0000000000ab: ajv valid, .NET valid, Python valid
uuid urn:uuid:0193739f-8e3c-7e5c-8b1d-0000000000ab: ajv valid, .NET not, Python not
hostname edge-1.: ajv valid, .NET not, Python valid
hostname edge_1: ajv not, .NET not, Python valid
ipv6 [::1]: ajv not, .NET valid, Python not
E
npm install --silent --no-audit --no-fund ajv@8.20.0 ajv-formats@3.0.1 >/dev/null
/usr/bin/python3 validate.py > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries validate otherwise than noted"; exit 1; }
