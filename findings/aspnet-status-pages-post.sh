#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 (seen on 10.0.12), UseStatusCodePagesWithReExecute to a Razor page.
# Expected: the page is the body of the answer and the status stays: a POST to an unknown address is 404, a refused DELETE 403, a conflict 409.
# Happens:  the request is run again with its method, and a Razor page asks for an antiforgery token. Every failed POST, PUT or DELETE becomes 400 with an empty body;
#           GET keeps its status and gets the page.
# Matters:  a client that acts on 404, 409 or 429 of a command sees "bad request" and no reason, in the finished application only: where the page is not set up, all is well.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

mkdir Pages
cat > app.csproj <<'E'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
</Project>
E
cat > Pages/Missing.cshtml <<'E'
@page
<p>Nothing here.</p>
E
cat > Program.cs <<'E'
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddRazorPages();
var app = builder.Build();
app.UseStatusCodePagesWithReExecute("/missing");
app.MapRazorPages();
app.MapPost("/jobs/ingest/stop", () => Results.StatusCode(409));
app.MapDelete("/nodes/edge-1", () => Results.StatusCode(403));
await app.StartAsync();
using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
foreach (var (method, path) in new[] { ("GET", "/unknown"), ("POST", "/unknown"), ("POST", "/jobs/ingest/stop"), ("DELETE", "/nodes/edge-1") })
{
    var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
    Console.WriteLine($"{method} {path}: {(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Trim()}".TrimEnd());
}
E
cat > expected <<'E'
GET /unknown: 404 <p>Nothing here.</p>
POST /unknown: 400
POST /jobs/ingest/stop: 400
DELETE /nodes/edge-1: 400
E
dotnet run > seen
cat seen
diff expected seen || { echo "CHANGED: the status pages do otherwise than noted"; exit 1; }
