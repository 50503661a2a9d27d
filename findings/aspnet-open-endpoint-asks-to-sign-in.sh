#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 (seen on 10.0.12), a fallback policy that asks for a signed-in user, endpoints with AllowAnonymous.
# Expected: an endpoint that is open to all stays open when it is asked by a method that it lacks, and answers 405 with the methods that it has.
# Happens:  HEAD, OPTIONS and POST to it are answered by the way to the sign-in page: the 405 comes from an endpoint that routing makes, which has
#           none of the metadata of the one that was meant, so the fallback policy applies. Without that policy the answer is 405. MapHealthChecks answers every method.
# Matters:  a load balancer that probes an endpoint of MapGet with HEAD takes the server out for want of a password, and whoever looks for the cause looks at authentication.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using Microsoft.AspNetCore.Authorization;
foreach (var closed in new[] { true, false })
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.AddAuthentication("cookie").AddCookie("cookie");
    builder.Services.AddHealthChecks();
    builder.Services.AddAuthorization(options => options.FallbackPolicy = closed ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build() : null);
    await using var app = builder.Build();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapGet("/version", () => "2.1").AllowAnonymous();
    app.MapHealthChecks("/healthz").AllowAnonymous();
    await app.StartAsync();
    using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    foreach (var path in new[] { "/version", "/healthz" })
        foreach (var method in new[] { "GET", "HEAD", "OPTIONS", "POST" })
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Console.WriteLine($"fallback policy {closed}: {method} {path}: {(int)answer.StatusCode} {answer.Headers.Location?.AbsolutePath}".TrimEnd());
        }
}
E
cat > expected <<'E'
fallback policy True: GET /version: 200
fallback policy True: HEAD /version: 302 /Account/Login
fallback policy True: OPTIONS /version: 302 /Account/Login
fallback policy True: POST /version: 302 /Account/Login
fallback policy True: GET /healthz: 200
fallback policy True: HEAD /healthz: 200
fallback policy True: OPTIONS /healthz: 200
fallback policy True: POST /healthz: 200
fallback policy False: GET /version: 200
fallback policy False: HEAD /version: 405
fallback policy False: OPTIONS /version: 405
fallback policy False: POST /version: 405
fallback policy False: GET /healthz: 200
fallback policy False: HEAD /healthz: 200
fallback policy False: OPTIONS /healthz: 200
fallback policy False: POST /healthz: 200
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: ASP.NET Core answers otherwise than noted"; exit 1; }
