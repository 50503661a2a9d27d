#!/usr/bin/env bash
# Software: JsonDiffPatch.Net 2.3.0 (NuGet); jsondiffpatch 0.7.3 (npm), whose format it uses, beside it. The former run in the zone of New York.
# Expected: a difference of two texts of JSON names the values as they stand in them, and a patch makes the second of the first, as in npm.
# Happens:  what looks like a time with an offset is moved into the zone of the server, in the difference and in the patched document. Two spellings of one instant, with and
#           without .000, do not differ; 1 and 1.0 do, which do not in npm.
# Matters:  a job spec that was patched by one number comes out with other times of other offsets: its checksum is another, and a schedule's +02:00 has become the server's zone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > pairs.json <<'E'
[["{\"from\":\"2026-01-01T08:00:00+02:00\",\"retries\":1}", "{\"from\":\"2026-01-01T08:00:00+02:00\",\"retries\":2}"],
 ["{\"from\":\"2026-01-01T08:00:00+02:00\"}", "{\"from\":\"2026-01-01T09:00:00+02:00\"}"],
 ["{\"from\":\"2026-01-01T08:00:00Z\"}", "{\"from\":\"2026-01-01T08:00:00.000Z\"}"],
 ["{\"retries\":1}", "{\"retries\":1.0}"]]
E
cat > compare.cs <<'E'
#:package JsonDiffPatch.Net@2.3.0
#:property PublishAot=false
#:property NoWarn=NU1902;NU1903
using System.Text.Json;
var compare = new JsonDiffPatchDotNet.JsonDiffPatch();
foreach (var pair in JsonDocument.Parse(File.ReadAllText("pairs.json")).RootElement.EnumerateArray())
{
    var (before, after) = (pair[0].GetString()!, pair[1].GetString()!);
    var difference = compare.Diff(before, after);
    Console.WriteLine($".NET {before} to {after}: {Line(difference)}, patched {Line(difference is null ? null : compare.Patch(before, difference))}");
}
static string Line(string? json) => json is null ? "no difference" : string.Concat(json.Where(c => !char.IsWhiteSpace(c)));
E
cat > compare.mjs <<'E'
import fs from 'fs';
import { create } from 'jsondiffpatch';
const compare = create();
for (const [before, after] of JSON.parse(fs.readFileSync('pairs.json', 'utf8'))) {
  const difference = compare.diff(JSON.parse(before), JSON.parse(after));
  console.log(`npm ${before} to ${after}: ${difference ? JSON.stringify(difference) : 'no difference'}, patched ${difference ? JSON.stringify(compare.patch(JSON.parse(before), difference)) : 'no difference'}`);
}
E
cat > expected <<'E'
.NET {"from":"2026-01-01T08:00:00+02:00","retries":1} to {"from":"2026-01-01T08:00:00+02:00","retries":2}: {"retries":[1,2]}, patched {"from":"2026-01-01T01:00:00-05:00","retries":2}
.NET {"from":"2026-01-01T08:00:00+02:00"} to {"from":"2026-01-01T09:00:00+02:00"}: {"from":["2026-01-01T01:00:00-05:00","2026-01-01T02:00:00-05:00"]}, patched {"from":"2026-01-01T02:00:00-05:00"}
.NET {"from":"2026-01-01T08:00:00Z"} to {"from":"2026-01-01T08:00:00.000Z"}: no difference, patched no difference
.NET {"retries":1} to {"retries":1.0}: {"retries":[1,1.0]}, patched {"retries":1.0}
npm {"from":"2026-01-01T08:00:00+02:00","retries":1} to {"from":"2026-01-01T08:00:00+02:00","retries":2}: {"retries":[1,2]}, patched {"from":"2026-01-01T08:00:00+02:00","retries":2}
npm {"from":"2026-01-01T08:00:00+02:00"} to {"from":"2026-01-01T09:00:00+02:00"}: {"from":["2026-01-01T08:00:00+02:00","2026-01-01T09:00:00+02:00"]}, patched {"from":"2026-01-01T09:00:00+02:00"}
npm {"from":"2026-01-01T08:00:00Z"} to {"from":"2026-01-01T08:00:00.000Z"}: {"from":["2026-01-01T08:00:00Z","2026-01-01T08:00:00.000Z"]}, patched {"from":"2026-01-01T08:00:00.000Z"}
npm {"retries":1} to {"retries":1.0}: no difference, patched no difference
E
npm install --silent --no-audit --no-fund jsondiffpatch@0.7.3 >/dev/null
{ TZ=America/New_York dotnet run compare.cs; node compare.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries compare otherwise than noted"; exit 1; }
