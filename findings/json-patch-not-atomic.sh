#!/usr/bin/env bash
# Software: Microsoft.AspNetCore.JsonPatch.SystemTextJson 10.0.15 (NuGet), fast-json-patch 3.1.1, rfc6902 5.4.0 and jsonpatch 3.1.0 (npm).
# Expected: as RFC 6902 and 5789 say: a patch is applied as a whole or not at all, and a "test" that fails stops everything.
# Happens:  only jsonpatch does it. ASP.NET Core and fast-json-patch throw at the failed test but keep what stood before it.
#           rfc6902 returns an error for the test and goes on with the operations after it.
# Matters:  "test the version, then change" is the usual guard against overwriting somebody else's change. In one of these libraries it guards nothing,
#           in two an object that is used after a refused patch is half changed.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > patch.cs <<'E'
#:package Microsoft.AspNetCore.JsonPatch.SystemTextJson@10.0.15
#:property PublishAot=false
using System.Text.Json;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
foreach (var (name, patch) in new[]
{
    ("test first", """[{"op":"test","path":"/version","value":2},{"op":"replace","path":"/replicas","value":9}]"""),
    ("test last", """[{"op":"replace","path":"/replicas","value":9},{"op":"test","path":"/version","value":2}]"""),
})
{
    var job = new Job { Version = 1, Replicas = 3 };
    var result = "applied";
    try { JsonSerializer.Deserialize<JsonPatchDocument<Job>>(patch, JsonSerializerOptions.Web)!.ApplyTo(job); }
    catch (Exception e) { result = e.GetType().Name; }
    Console.WriteLine($"ASP.NET Core, {name}: {result}, replicas {job.Replicas}");
}

public class Job { public int Version { get; set; } public int Replicas { get; set; } }
E
cat > patch.mjs <<'E'
import fast from 'fast-json-patch';
import jsonpatch from 'jsonpatch';
import * as rfc6902 from 'rfc6902';
const test = { op: 'test', path: '/version', value: 2 }, replace = { op: 'replace', path: '/replicas', value: 9 };
for (const [name, patch] of [['test first', [test, replace]], ['test last', [replace, test]]]) {
  for (const [library, apply] of [
    ['fast-json-patch', job => (fast.applyPatch(job, patch), 'applied')],
    ['rfc6902', job => rfc6902.applyPatch(job, patch).map(e => e?.name ?? 'applied').join(' and ')],
    ['jsonpatch', job => (Object.assign(job, jsonpatch.apply_patch(job, patch)), 'applied')]]) {
    const job = { version: 1, replicas: 3 };
    let result;
    try { result = apply(job); } catch (e) { result = e.name; }
    console.log(`${library}, ${name}: ${result}, replicas ${job.replicas}`);
  }
}
E
cat > expected <<'E'
ASP.NET Core, test first: JsonPatchException, replicas 3
ASP.NET Core, test last: JsonPatchException, replicas 9
fast-json-patch, test first: TEST_OPERATION_FAILED, replicas 3
rfc6902, test first: TestError and applied, replicas 9
jsonpatch, test first: Error, replicas 3
fast-json-patch, test last: TEST_OPERATION_FAILED, replicas 9
rfc6902, test last: applied and TestError, replicas 9
jsonpatch, test last: Error, replicas 3
E
npm install --silent --no-audit --no-fund fast-json-patch@3.1.1 rfc6902@5.4.0 jsonpatch@3.1.0 >/dev/null
{ dotnet run patch.cs; node patch.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries apply patches otherwise than noted"; exit 1; }
