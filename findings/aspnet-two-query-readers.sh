#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 (seen on 10.0.12), minimal APIs and controllers with [ApiController], on a server in Berlin.
# Expected: int? limit, DateTimeOffset? since and so on are read from a query in one way, whether the endpoint is a minimal API or in a controller.
# Happens:  "?limit=" is no limit in a controller and 400 in a minimal API; "?name=" is null in the one and an empty text in the other. A time without an offset is the
#           server's clock in a controller, UTC in a minimal API. limit=0x10 is 16 in a controller. Of two limits a controller takes the first. "1,5" is 15 in both.
# Matters:  an endpoint that is moved from a controller answers 400 to a form with an empty field, and shows another hour of history for the same address.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Europe/Berlin

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using Microsoft.AspNetCore.Mvc;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddControllers();
await using var app = builder.Build();
app.MapControllers();
app.MapGet("/minimal", (int? limit, double? cpu, DateTimeOffset? since, string? name) => Show.Values(limit, cpu, since, name));
await app.StartAsync();
using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
foreach (var query in new[] { "limit=5", "limit=", "limit=0x10", "limit=5&limit=6", "cpu=1,5", "since=2026-11-29T05:00:00", "since=", "name=" })
    foreach (var path in new[] { "/controller", "/minimal" })
    {
        using var answer = await http.GetAsync($"{path}?{query}");
        Console.WriteLine($"{query} {path}: {(answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : (int)answer.StatusCode)}");
    }

static class Show
{
    public static string Values(int? limit, double? cpu, DateTimeOffset? since, string? name) => FormattableString.Invariant(
        $"limit {limit?.ToString() ?? "null"}, cpu {cpu?.ToString() ?? "null"}, since {since?.ToString("HH:mm zzz") ?? "null"}, name {(name is null ? "null" : $"'{name}'")}");
}

[ApiController]
public class FleetController : ControllerBase
{
    [HttpGet("/controller")]
    public string Get(int? limit, double? cpu, DateTimeOffset? since, string? name) => Show.Values(limit, cpu, since, name);
}
E
cat > expected <<'E'
limit=5 /controller: limit 5, cpu null, since null, name null
limit=5 /minimal: limit 5, cpu null, since null, name null
limit= /controller: limit null, cpu null, since null, name null
limit= /minimal: 400
limit=0x10 /controller: limit 16, cpu null, since null, name null
limit=0x10 /minimal: 400
limit=5&limit=6 /controller: limit 5, cpu null, since null, name null
limit=5&limit=6 /minimal: 400
cpu=1,5 /controller: limit null, cpu 15, since null, name null
cpu=1,5 /minimal: limit null, cpu 15, since null, name null
since=2026-11-29T05:00:00 /controller: limit null, cpu null, since 05:00 +01:00, name null
since=2026-11-29T05:00:00 /minimal: limit null, cpu null, since 05:00 +00:00, name null
since= /controller: limit null, cpu null, since null, name null
since= /minimal: 400
name= /controller: limit null, cpu null, since null, name null
name= /minimal: limit null, cpu null, since null, name ''
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: ASP.NET Core reads queries otherwise than noted"; exit 1; }
