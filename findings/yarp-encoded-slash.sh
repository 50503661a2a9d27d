#!/usr/bin/env bash
# Software: YARP 2.3.0 (NuGet Yarp.ReverseProxy) on ASP.NET Core 10.0 (seen on 10.0.12), nginx 1.22 (Debian) beside it.
# Expected: a reverse proxy without transforms hands the address on as it came, as nginx does with proxy_pass without a path.
# Happens:  the path is decoded and encoded anew. An encoded slash becomes %252F, which the server behind reads as the text "%2F"; an encoded colon comes out bare.
#           The query is handed on as it came.
# Matters:  an id or a label value with a slash works without the proxy and is "not found" behind it; a signature over the address no longer fits.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat nginx.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
command -v nginx >/dev/null || apt-get install -y --no-install-recommends nginx-light >/dev/null
nginx -v 2>&1 | grep -q nginx/1.22 || { nginx -v; echo "this was seen on nginx 1.22"; exit 1; }

cat > proxy.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Yarp.ReverseProxy@2.3.0
#:property PublishAot=false
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Configuration;
var back = App(_ => { });
back.MapGet("/{**path}", (HttpContext c) => c.Features.Get<IHttpRequestFeature>()!.RawTarget);
await back.StartAsync();
var proxy = App(services => services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "back", Match = new RouteMatch { Path = "/{**path}" } }],
    [new ClusterConfig { ClusterId = "back", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = back.Urls.First() } } }]));
proxy.MapReverseProxy();
await proxy.StartAsync();
File.WriteAllText("nginx.conf", $$"""
    master_process off; pid nginx.pid; error_log nginx.log; events {}
    http { access_log off; server { listen 127.0.0.1:19380; location / { proxy_pass {{back.Urls.First()}}; } } }
    """);
using var nginx = Process.Start("nginx", $"-p {Environment.CurrentDirectory} -c nginx.conf -g \"daemon off;\"");
using var http = new HttpClient();
for (var tries = 0; tries < 50; tries++)
{
    try { await http.GetAsync("http://127.0.0.1:19380/"); break; }
    catch (HttpRequestException) { await Task.Delay(100); }
}
foreach (var (name, address) in new[] { ("direct", back.Urls.First()), ("nginx", "http://127.0.0.1:19380"), ("YARP", proxy.Urls.First()) })
    Console.WriteLine($"{name}: {await http.GetStringAsync(address + "/nodes/site%2Fedge-1/logs%3A1?zone=eu%2Fwest")}");
nginx.Kill();
nginx.WaitForExit();

static WebApplication App(Action<IServiceCollection> services)
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    services(builder.Services);
    return builder.Build();
}
E
cat > expected <<'E'
direct: /nodes/site%2Fedge-1/logs%3A1?zone=eu%2Fwest
nginx: /nodes/site%2Fedge-1/logs%3A1?zone=eu%2Fwest
YARP: /nodes/site%252Fedge-1/logs:1?zone=eu%2Fwest
E
dotnet run proxy.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the proxies hand addresses on otherwise than noted"; exit 1; }
