#!/usr/bin/env bash
# Software: Refit 16.4.0 (NuGet, Refit.HttpClientFactory), default settings.
# Expected: values in the address look as they do in a JSON body (times by ISO 8601 with their fractions), and a list can be told from one value.
# Happens:  a DateTimeOffset is sent as 11/29/2026 05:21:32 +02:00, month first and without its fraction. A list is joined by commas that are not escaped
#           apart from commas inside a value, and an empty list is sent as an empty text where null sends nothing.
# Matters:  "what changed since" loses up to a second or is refused; "no states chosen" asks for the state "".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Refit.HttpClientFactory@16.4.0
#:property PublishAot=false
using Microsoft.AspNetCore.Http.Features;
using Refit;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();
app.MapFallback(async (HttpContext context) =>
{
    using var body = new StreamReader(context.Request.Body);
    return $"{Uri.UnescapeDataString(context.Features.Get<IHttpRequestFeature>()!.RawTarget)} {await body.ReadToEndAsync()}".Trim();
});
await app.StartAsync();
var jobs = RestService.For<IJobs>(app.Urls.First());
var time = new DateTimeOffset(2026, 11, 29, 5, 21, 32, 987, TimeSpan.FromHours(2));
Console.WriteLine("query " + await jobs.Since(time));
Console.WriteLine("body " + await jobs.Post(new(time)));
Console.WriteLine("two sites, one with a comma " + await jobs.Sites(["berlin", "bonn,rhein"]));
Console.WriteLine("no sites " + await jobs.Sites([]));
Console.WriteLine("null " + await jobs.Sites(null));

public record Window(DateTimeOffset Since);

public interface IJobs
{
    [Get("/jobs")] Task<string> Since(DateTimeOffset since);
    [Post("/jobs")] Task<string> Post([Body] Window window);
    [Get("/jobs")] Task<string> Sites(string[]? sites);
}
E
cat > expected <<'E'
query /jobs?since=11/29/2026 05:21:32 +02:00
body /jobs {"since":"2026-11-29T05:21:32.987+02:00"}
two sites, one with a comma /jobs?sites=berlin,bonn,rhein
no sites /jobs?sites=
null /jobs
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Refit asks otherwise than noted"; exit 1; }
