#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 (seen on 10.0.12), TypedResults.ServerSentEvents, Kestrel.
# Expected: when the host stops, the RequestAborted token of open event streams is cancelled, so that they end and the process stops at once.
# Happens:  the token stays quiet. Events go on for the whole ShutdownTimeout (30 s by default), then the connections are cut.
#           A stream that is also ended by IHostApplicationLifetime.ApplicationStopping lets the host stop at once.
# Matters:  one open tab makes each restart take half a minute, longer than many orchestrators wait before they kill the process,
#           and what a clean stop writes last (checkpoints, queues) is lost with it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > stop.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using System.Diagnostics;
using System.Runtime.CompilerServices;
foreach (var linked in new[] { false, true })
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5)); // 30 by default
    var app = builder.Build();
    app.MapGet("/events", (CancellationToken aborted, IHostApplicationLifetime host) => TypedResults.ServerSentEvents(Events(
        linked ? CancellationTokenSource.CreateLinkedTokenSource(aborted, host.ApplicationStopping).Token : aborted)));
    await app.StartAsync();
    using var http = new HttpClient();
    using var events = await http.GetStreamAsync(app.Urls.First() + "/events");
    var read = Task.Run(async () => { try { await events.CopyToAsync(Stream.Null); } catch (IOException) { } });
    await Task.Delay(500);
    var watch = Stopwatch.StartNew();
    await app.StopAsync();
    Console.WriteLine($"{(linked ? "linked to ApplicationStopping" : "RequestAborted alone")}: stopped {(watch.Elapsed.TotalSeconds > 4 ? "when the timeout of 5 s was over" : "at once")}");
}
static async IAsyncEnumerable<string> Events([EnumeratorCancellation] CancellationToken stop)
{
    for (var i = 0; i < 100 && !stop.IsCancellationRequested; i++)
    {
        yield return $"{i}";
        await Task.Delay(200);
    }
}
E
cat > expected <<'E'
RequestAborted alone: stopped when the timeout of 5 s was over
linked to ApplicationStopping: stopped at once
E
dotnet run stop.cs > seen
cat seen
diff expected seen || { echo "CHANGED: ASP.NET Core stops otherwise than noted"; exit 1; }
