#!/usr/bin/env bash
# Software: Microsoft.Extensions.Http.Resilience 10.11.0 (NuGet), AddStandardResilienceHandler.
# Expected: when a server asks to come back later than the handler is allowed to wait, the caller gets the server's answer at once: 429 and its Retry-After.
# Happens:  the handler waits all the same, to the end of its total timeout (30 s by default), and then throws TimeoutRejectedException.
#           The answer, with its status, its body and the time to come back, is lost.
# Matters:  a limit of the control plane is reported as "does not answer", after half a minute, and the one number that would help is gone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.Extensions.Http.Resilience@10.11.0
#:property PublishAot=false
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddHttpClient("fleet").AddStandardResilienceHandler(o =>
{
    o.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(3); // 30 by default; 3 to keep this short
    o.AttemptTimeout.Timeout = TimeSpan.FromSeconds(1);
    o.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(2);
});
var app = builder.Build();
var asked = 0;
app.MapGet("/jobs", (HttpContext context) =>
{
    asked++;
    context.Response.Headers.RetryAfter = "60";
    return Results.Text("at most 10 requests a minute", statusCode: 429);
});
await app.StartAsync();
var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("fleet");
try { Console.WriteLine((int)(await client.GetAsync(app.Urls.First() + "/jobs")).StatusCode); }
catch (Exception e) { Console.WriteLine($"{e.GetType().Name}: {e.Message}"); }
Console.WriteLine($"the server was asked {asked} time and had answered 429");
E
cat > expected <<'E'
TimeoutRejectedException: The operation didn't complete within the allowed timeout of '00:00:03'.
the server was asked 1 time and had answered 429
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the handler answers otherwise than noted"; exit 1; }
