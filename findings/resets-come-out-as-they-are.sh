#!/usr/bin/env bash
# Software: .NET 10.0 (HttpClient over SocketsHttpHandler), Npgsql 10.0.3 (NuGet).
# Expected: a server that resets connections is an HttpRequestException, or an NpgsqlException, whatever the moment: they are what is documented for a connection that fails.
# Happens:  when the reset comes between the making of a connection and its first use, what asks the socket for its state throws, and that comes out as it is: of HttpClient a SocketException
#           ("Transport endpoint is not connected"), of NpgsqlConnection.Open an IOException ("not allowed on non-connected sockets"), which is no DbException. OpenAsync is not seen to. A few in a
#           thousand to one in four, by timing, so few see it, and filters such as "when (e is HttpRequestException or IOException)" and "catch (DbException)" miss it.
# Matters:  a proxy or balancer whose server is gone does just that. A background service that catches what requests and databases throw ended, and with it the host.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > reset.cs <<'E'
#:package Npgsql@10.0.3
#:property PublishAot=false
using System.Net;
using System.Net.Sockets;
using Npgsql;

var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start(512);
for (var i = 0; i < 2; i++) _ = Task.Run(async () =>
{
    while (true)
    {
        using var socket = await listener.AcceptSocketAsync();
        socket.LingerState = new LingerOption(true, 0);
    }
});
var port = ((IPEndPoint)listener.LocalEndpoint).Port;
await SeeAsync("HttpClient", async () =>
{
    using var http = new HttpClient();
    await http.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
});
await SeeAsync("NpgsqlConnection.Open", () =>
{
    using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Database=fleet;Username=feed;SSL Mode=Disable;GSS Encryption Mode=Disable;Pooling=false");
    connection.Open();
    return Task.CompletedTask;
});

static async Task SeeAsync(string what, Func<Task> connect)
{
    var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
    for (var i = 0; i < 8_000; i++)
    {
        try { await connect(); } catch (Exception e) { counts[e.GetType().Name] = counts.GetValueOrDefault(e.GetType().Name) + 1; }
    }
    foreach (var (type, count) in counts) { Console.Error.WriteLine($"{what}: {count} of 8,000 are {type}"); Console.WriteLine($"{what}: {type}"); }
}
E
cat > expected <<'E'
HttpClient: HttpRequestException
HttpClient: SocketException
NpgsqlConnection.Open: IOException
NpgsqlConnection.Open: NpgsqlException
E
dotnet run reset.cs > seen
diff expected seen || { echo "CHANGED: other exceptions come out of connections that are reset at once"; exit 1; }
