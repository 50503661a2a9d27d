#!/usr/bin/env bash
# Software: Microsoft.AspNetCore.SignalR.StackExchangeRedis 10.0.15 (NuGet) on ASP.NET Core 10.0 (seen on 10.0.12), Redis 7.0.15 (Debian redis-server).
# Expected: abortConnect=false, the usual advice for starting before Redis is there, lets the backplane catch up once Redis answers.
# Happens:  if the first client comes while Redis is away, the server never subscribes to the messages for all. Sends succeed from then on,
#           and reach nobody: no error, no log line, until the process restarts. Without the option only that first client gets nothing.
# Matters:  a dashboard that starts with its Redis after a power cut shows "live" and stands still.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat redis.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
command -v redis-server >/dev/null || apt-get install -y --no-install-recommends redis-server >/dev/null
redis-server --version | grep -q 'v=7.0.15' || { echo "$(redis-server --version), this was seen on 7.0.15"; exit 1; }

cat > hub.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.AspNetCore.SignalR.StackExchangeRedis@10.0.15
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
#:package MessagePack@2.5.307
#:property PublishAot=false
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
foreach (var option in new[] { "abortConnect=false", "abortConnect=true" })
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.AddSignalR().AddStackExchangeRedis($"127.0.0.1:19300,connectTimeout=1000,{option}");
    var app = builder.Build();
    app.MapHub<FeedHub>("/feed");
    await app.StartAsync();
    var first = await Connect("first client, Redis away");
    await Task.Delay(8000); // longer than the first subscription is waited for
    using var redis = Process.Start("redis-server", "--port 19300 --bind 127.0.0.1 --save '' --daemonize no --pidfile redis.pid --logfile redis.log");
    await Task.Delay(8000); // longer than the client library takes to connect again
    var second = await Connect("second client, Redis there");
    Console.WriteLine($"{option}: {await first}, {await second}");
    redis.Kill();
    redis.WaitForExit();

    async Task<Task<string>> Connect(string name)
    {
        var connection = new HubConnectionBuilder().WithUrl(app.Urls.First() + "/feed").Build();
        var got = new TaskCompletionSource<string>();
        connection.On("state", () => got.TrySetResult($"{name}: message received"));
        try { await connection.StartAsync(); }
        catch (Exception) { return Task.FromResult($"{name}: refused"); }
        if (name.StartsWith("second"))
        {
            try { await app.Services.GetRequiredService<IHubContext<FeedHub>>().Clients.All.SendAsync("state"); }
            catch (Exception e) { Console.WriteLine($"send: {e.GetType().Name}"); }
        }
        return Task.WhenAny(got.Task, Task.Delay(name.StartsWith("second") ? 5000 : 24000).ContinueWith(_ => $"{name}: nothing received")).Unwrap();
    }
}

public class FeedHub : Hub;
E
cat > expected <<'E'
abortConnect=false: first client, Redis away: nothing received, second client, Redis there: nothing received
abortConnect=true: first client, Redis away: nothing received, second client, Redis there: message received
E
dotnet run hub.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the backplane does otherwise than noted"; exit 1; }
