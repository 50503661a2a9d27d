#!/usr/bin/env bash
# Software: Microsoft.Extensions.Http.Resilience 10.11.0 (NuGet), AddStandardResilienceHandler.
# Expected: "total request timeout" bounds the whole call, reading the body included; HttpClient's own 100 s stay as a last resort.
# Happens:  the timeouts end with the headers. The handler also sets HttpClient.Timeout to infinite, so nothing at all bounds the body:
#           with a total timeout of 2 s, a body that takes 5 s is read to its end, and one that never ends would be waited for without end.
# Matters:  adding resilience takes away the one limit that a plain HttpClient had; a poller of a stalled control plane stands still and says nothing.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.Extensions.Http.Resilience@10.11.0
#:property PublishAot=false
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddHttpClient("plain");
builder.Services.AddHttpClient("fleet").AddStandardResilienceHandler(o =>
{
    o.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(2);
    o.AttemptTimeout.Timeout = TimeSpan.FromSeconds(1);
    o.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(2);
});
var app = builder.Build();
app.MapGet("/jobs", async (HttpContext context) =>
{
    await context.Response.WriteAsync("first half, ");
    await context.Response.Body.FlushAsync();
    await Task.Delay(5000);
    await context.Response.WriteAsync("second half");
});
await app.StartAsync();
var clients = app.Services.GetRequiredService<IHttpClientFactory>();
Console.WriteLine($"plain client: {clients.CreateClient("plain").Timeout.TotalSeconds} s");
Console.WriteLine($"with the handler: infinite {clients.CreateClient("fleet").Timeout == Timeout.InfiniteTimeSpan}");
try { Console.WriteLine("after 5 s: " + await clients.CreateClient("fleet").GetStringAsync(app.Urls.First() + "/jobs")); }
catch (Exception e) { Console.WriteLine(e.GetType().Name); }
E
cat > expected <<'E'
plain client: 100 s
with the handler: infinite True
after 5 s: first half, second half
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the handler answers otherwise than noted"; exit 1; }
