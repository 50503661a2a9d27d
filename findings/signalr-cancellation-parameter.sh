#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 SignalR (seen on 10.0.12), Microsoft.AspNetCore.SignalR.Client 10.0.15 (NuGet).
# Expected: a hub method's CancellationToken is filled in by the framework, as in controllers, minimal APIs and the hub's own streaming methods;
#           a parameter with a default value may be left out.
# Happens:  in a method that returns one value the token counts as an argument from the client, and so does the optional parameter: it compiles,
#           the hub maps and starts, and each call fails with "Failed to invoke ... due to an error on the server".
# Matters:  adding a token to a hub method, the usual advice against work that nobody waits for, breaks all of its callers.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
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
await using var connection = new HubConnectionBuilder().WithUrl(app.Urls.First() + "/feed").Build();
await connection.StartAsync();
await foreach (var item in connection.StreamAsync<string>("Stream", 1)) Console.WriteLine(item);
foreach (var method in new[] { "Plain", "WithToken", "WithOptional" })
{
    try { Console.WriteLine(await connection.InvokeAsync<string>(method, 1)); }
    catch (Exception e) { Console.WriteLine(e.Message); }
}

public class FeedHub : Hub
{
    public string Plain(int id) => $"plain {id}";
    public string WithToken(int id, CancellationToken token) => $"token {id}";
    public string WithOptional(int id, int limit = 50) => $"optional {id}";

    public async IAsyncEnumerable<string> Stream(int id, [EnumeratorCancellation] CancellationToken token)
    {
        await Task.Yield();
        yield return $"stream {id}, token {token.CanBeCanceled}";
    }
}
E
cat > expected <<'E'
stream 1, token True
plain 1
Failed to invoke 'WithToken' due to an error on the server.
Failed to invoke 'WithOptional' due to an error on the server.
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: SignalR answers otherwise than noted"; exit 1; }
