#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 SignalR (seen on 10.0.12) with its JSON protocol, Microsoft.AspNetCore.SignalR.Client 10.0.15 (NuGet).
# Expected: a result that cannot be written as JSON fails the call that asked for it, as an exception in the hub does.
# Happens:  a hub that returns NaN loses the whole connection: "Connection closed with an error". All other calls and streams on it end too,
#           and the client's log names neither the method nor the value.
# Matters:  one rate of 0/0 in one answer throws every viewer who asks for it off the feed, and with automatic reconnect again and again.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
#:property PublishAot=false
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR(o => o.MaximumParallelInvocationsPerClient = 2);
var app = builder.Build();
app.MapHub<FeedHub>("/feed");
await app.StartAsync();
foreach (var method in new[] { "Throws", "Rate" })
{
    await using var connection = new HubConnectionBuilder().WithUrl(app.Urls.First() + "/feed").Build();
    await connection.StartAsync();
    var other = connection.InvokeAsync("Wait");
    await Task.Delay(300);
    try { await connection.InvokeAsync<double>(method); }
    catch (Exception e) { Console.WriteLine($"{method}: {e.Message}"); }
    await Task.WhenAny(other, Task.Delay(1500)); // the other call takes 3 s
    Console.WriteLine($"{method}: then {connection.State}, the other call {(other.IsFaulted ? "failed" : "goes on")}");
}

public class FeedHub : Hub
{
    public double Throws() => throw new InvalidOperationException();
    public double Rate() => 0.0 / 0.0;
    public Task Wait() => Task.Delay(3000);
}
E
cat > expected <<'E'
Throws: An unexpected error occurred invoking 'Throws' on the server.
Throws: then Connected, the other call goes on
Rate: The server closed the connection with the following error: Connection closed with an error.
Rate: then Disconnected, the other call failed
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: SignalR answers otherwise than noted"; exit 1; }
