#!/usr/bin/env bash
# Software: Microsoft.AspNetCore.SignalR.Client 10.0.15 (NuGet) against ASP.NET Core 10.0 SignalR (seen on 10.0.12), JSON protocol.
# Expected: when what a hub streams does not fit the type the client asked for, the loop over the stream throws, as InvokeAsync does.
# Happens:  each item that does not fit is left out, in silence: the loop gets the others and ends normally.
# Matters:  after an update of the server alone, a dashboard shows a list with holes, or an empty one, as the whole truth.
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
builder.Services.AddSignalR();
var app = builder.Build();
app.MapHub<FeedHub>("/feed");
await app.StartAsync();
await using var connection = new HubConnectionBuilder().WithUrl(app.Urls.First() + "/feed").Build();
await connection.StartAsync();
try { await connection.InvokeAsync<int>("One"); Console.WriteLine("invoke: no exception"); }
catch (Exception e) { Console.WriteLine($"invoke: {e.Message.Split('.')[0]}"); }
var items = new List<int>();
try
{
    await foreach (var item in connection.StreamAsync<int>("Many")) items.Add(item);
    Console.WriteLine($"stream: no exception, {items.Count} of 4 items: {string.Join(' ', items)}");
}
catch (Exception e) { Console.WriteLine($"stream: {e.GetType().Name} after {items.Count}"); }
Console.WriteLine(connection.State);

public class FeedHub : Hub
{
    public object One() => "x";

    public async IAsyncEnumerable<object> Many()
    {
        foreach (var item in new object[] { 1, 2, "x", 4 })
        {
            await Task.Delay(100);
            yield return item;
        }
    }
}
E
cat > expected <<'E'
invoke: Error trying to deserialize result to Int32
stream: no exception, 3 of 4 items: 1 2 4
Connected
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: SignalR answers otherwise than noted"; exit 1; }
