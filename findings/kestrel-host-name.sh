#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 (seen on 10.0.12), Kestrel's addresses (ASPNETCORE_URLS, --urls).
# Expected: http://dashboard.example:8080 listens on the address of that name, or fails where the name is not known; the log says where it listens.
# Happens:  a host that is neither an IP address nor localhost is not looked up: Kestrel listens on every address of the machine and answers to every name.
#           The address it reports is http://[::]:8080, so the name that was asked for appears nowhere.
# Matters:  a name that was meant to keep a dashboard without a login on an inner network opens it on all of them; only AllowedHosts looks at names.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > listen.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
foreach (var url in new[] { "http://dashboard.example:19381", "http://127.0.0.2:19381" })
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls(url);
    var app = builder.Build();
    app.MapGet("/", (HttpContext c) => $"{c.Request.Host}");
    await app.StartAsync();
    Console.WriteLine($"asked for {url}, reported {string.Join(' ', app.Urls)}");
    using var http = new HttpClient();
    foreach (var address in new[] { "127.0.0.1", "127.0.0.2", "127.0.0.3" })
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}:19381/") { Headers = { Host = "other.example" } };
        try { Console.WriteLine($"  {address} answers as {await (await http.SendAsync(request)).Content.ReadAsStringAsync()}"); }
        catch (HttpRequestException) { Console.WriteLine($"  {address} refuses"); }
    }
    await app.StopAsync();
}
E
cat > expected <<'E'
asked for http://dashboard.example:19381, reported http://[::]:19381
  127.0.0.1 answers as other.example
  127.0.0.2 answers as other.example
  127.0.0.3 answers as other.example
asked for http://127.0.0.2:19381, reported http://127.0.0.2:19381
  127.0.0.1 refuses
  127.0.0.2 answers as other.example
  127.0.0.3 refuses
E
dotnet run listen.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Kestrel listens otherwise than noted"; exit 1; }
