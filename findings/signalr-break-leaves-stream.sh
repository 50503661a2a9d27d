#!/usr/bin/env bash
# Software: Microsoft.AspNetCore.SignalR.Client 10.0.15 (NuGet) against ASP.NET Core 10.0 SignalR (seen on 10.0.12).
# Expected: leaving "await foreach" over StreamAsync ends the stream, as disposing of an async enumerator does elsewhere; the hub's token is cancelled.
# Happens:  after break the hub goes on producing and sending to a client that has nobody to read it. Only cancelling the token that was given
#           to StreamAsync stops it (or the end of the connection).
# Matters:  each time a viewer changes a filter, one more stream of the old filter goes on for as long as the connection lives.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > stream.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
#:property PublishAot=false
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR();
var app = builder.Build();
app.MapHub<FeedHub>("/feed");
await app.StartAsync();
foreach (var cancels in new[] { false, true })
{
    await using var connection = new HubConnectionBuilder().WithUrl(app.Urls.First() + "/feed").Build();
    await connection.StartAsync();
    using var source = new CancellationTokenSource();
    await foreach (var _ in connection.StreamAsync<int>("Changes", source.Token)) break;
    if (cancels) await source.CancelAsync();
    await Task.Delay(500);
    var before = FeedHub.Produced;
    await Task.Delay(1000);
    Console.WriteLine($"{(cancels ? "break and cancel" : "break alone")}: the hub {(FeedHub.Produced > before ? "goes on" : "has stopped")}");
}

public class FeedHub : Hub
{
    public static int Produced;

    public async IAsyncEnumerable<int> Changes([EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 0; i < 1000; i++)
        {
            yield return Interlocked.Increment(ref Produced);
            await Task.Delay(50, token);
        }
    }
}
E
cat > expected <<'E'
break alone: the hub goes on
break and cancel: the hub has stopped
E
dotnet run stream.cs > seen
cat seen
diff expected seen || { echo "CHANGED: SignalR does otherwise than noted"; exit 1; }
