#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 health checks (seen on 10.0.12).
# Expected: a check registered with a timeout is Unhealthy when the time is over, and the probe is answered then.
# Happens:  the timeout only cancels a token. A check that does not look at it (a library call without a token, a database whose async methods are
#           synchronous, such as Microsoft.Data.Sqlite) is waited for, and what it says three seconds later, "Healthy", is the answer.
# Matters:  the probe of an orchestrator gives up before, so a slow disk restarts a process whose own report was "healthy".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var limit = TimeSpan.FromMilliseconds(500);
builder.Services.AddHealthChecks()
    .AddAsyncCheck("obeys", async token => { await Task.Delay(3000, token); return HealthCheckResult.Healthy(); }, timeout: limit)
    .AddAsyncCheck("ignores", async _ => { await Task.Delay(3000); return HealthCheckResult.Healthy(); }, timeout: limit);
var app = builder.Build();
foreach (var name in new[] { "obeys", "ignores" })
    app.MapHealthChecks($"/{name}", new() { Predicate = check => check.Name == name });
await app.StartAsync();
using var http = new HttpClient();
foreach (var name in new[] { "obeys", "ignores" })
{
    var watch = Stopwatch.StartNew();
    using var answer = await http.GetAsync(app.Urls.First() + "/" + name);
    Console.WriteLine($"check that {name} its token: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()} {(watch.ElapsedMilliseconds < 2500 ? "at its timeout" : "after 3 s")}");
}
E
cat > expected <<'E'
check that obeys its token: 503 Unhealthy at its timeout
check that ignores its token: 200 Healthy after 3 s
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: health checks answer otherwise than noted"; exit 1; }
