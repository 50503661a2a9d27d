#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 (seen on 10.0.12), RequestTimeouts and a minimal API that returns IAsyncEnumerable<T> as JSON; curl.
# Expected: a list whose time runs out midway ends as one whose source throws midway: the connection is cut, and the reader knows.
# Happens:  the answer stays 200 and ends properly (the last chunk is sent) with half a JSON array. curl calls it complete, and so must every proxy.
#           When the source throws, the transfer is cut as it should be.
# Matters:  a long list from a busy server comes as broken JSON that looks like a bug of its writer; a reader that takes items as they come
#           cannot tell "that was all" from "the time was over" by the transfer.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using System.Diagnostics;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddRequestTimeouts(o => o.AddPolicy("short", TimeSpan.FromSeconds(2)));
var app = builder.Build();
app.UseRequestTimeouts();
app.MapGet("/timeout", () => Items(throws: false)).WithRequestTimeout("short");
app.MapGet("/throws", () => Items(throws: true));
await app.StartAsync();
foreach (var path in new[] { "/timeout", "/throws" })
{
    using var curl = Process.Start(new ProcessStartInfo("curl", ["-s", "-w", " %{http_code}", app.Urls.First() + path]) { RedirectStandardOutput = true })!;
    var output = await curl.StandardOutput.ReadToEndAsync();
    await curl.WaitForExitAsync();
    Console.WriteLine($"{path}: {output}, curl ends with {curl.ExitCode}");
}
static async IAsyncEnumerable<int> Items(bool throws)
{
    for (var i = 0; i < 6; i++)
    {
        yield return i;
        await Task.Delay(i == 2 && !throws ? 3000 : 50);
        if (throws && i == 2) throw new InvalidOperationException();
    }
}
E
cat > expected <<'E'
/timeout: [0,1,2,3 200, curl ends with 0
/throws: [0,1,2 200, curl ends with 18
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: ASP.NET Core answers otherwise than noted"; exit 1; }
