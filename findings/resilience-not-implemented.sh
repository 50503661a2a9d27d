#!/usr/bin/env bash
# Software: Microsoft.Extensions.Http.Resilience 10.11.0 (NuGet), AddStandardResilienceHandler.
# Expected: only what may pass is tried again, so 501 Not Implemented, which says "never", is not; and a breaker is for one server.
# Happens:  501 and 505 are tried four times like any 5xx, and each try counts for the breaker. The breaker belongs to the named client,
#           not to the host: when one server has answered 501 often enough, calls to another, healthy one are refused unsent.
# Matters:  asking an older control plane for a route it does not have is how a client learns what it offers; here that cuts off the other regions.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.Extensions.Http.Resilience@10.11.0
#:property PublishAot=false
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0", "http://127.0.0.2:0");
builder.Services.AddHttpClient("fleet").AddStandardResilienceHandler(o =>
{
    o.Retry.Delay = TimeSpan.FromMilliseconds(1);
    o.CircuitBreaker.MinimumThroughput = 8; // 100 by default; 8 to keep this short
});
var app = builder.Build();
var asked = 0;
app.MapPost("/promote", () => { asked++; return Results.StatusCode(501); });
app.MapGet("/health", () => "well");
await app.StartAsync();
var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("fleet");
var (old, healthy) = (app.Urls.First(u => u.Contains(".1:")), app.Urls.First(u => u.Contains(".2:")));
Console.WriteLine($"other server before: {await client.GetStringAsync(healthy + "/health")}");
Console.WriteLine($"{(int)(await client.PostAsync(old + "/promote", null)).StatusCode} after {asked} tries");
try { await client.PostAsync(old + "/promote", null); }
catch (Exception e) { Console.WriteLine($"asked again: {e.GetType().Name}"); }
try { Console.WriteLine(await client.GetStringAsync(healthy + "/health")); }
catch (Exception e) { Console.WriteLine($"other server after: {e.GetType().Name}"); }
E
cat > expected <<'E'
other server before: well
501 after 4 tries
asked again: BrokenCircuitException
other server after: BrokenCircuitException
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the handler answers otherwise than noted"; exit 1; }
