#!/usr/bin/env bash
# Software: .NET 10.0 (HttpClient over SocketsHttpHandler).
# Expected: a server that resets connections is an HttpRequestException, whatever the moment: it is documented as what a request throws when the connection fails.
# Happens:  when the reset comes between the making of the connection and its first use, the address of the other side is asked for, and the SocketException of that comes out as it is:
#           "Transport endpoint is not connected". Here one in ten requests; it depends on timing, so few see it, and filters such as "when (e is HttpRequestException or IOException)" miss it.
# Matters:  a proxy or balancer whose server is gone does just that. A background service that catches what requests throw ended, and with it the host.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > reset.cs <<'E'
#:property PublishAot=false
using System.Net;
using System.Net.Sockets;

var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start(512);
_ = Task.Run(async () =>
{
    while (true)
    {
        using var socket = await listener.AcceptSocketAsync();
        socket.LingerState = new LingerOption(true, 0);
    }
});
var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
var counts = new Dictionary<string, int>();
for (var i = 0; i < 4_000; i++)
{
    using var http = new HttpClient();
    try { await http.GetAsync(address); }
    catch (Exception e) { counts[e.GetType().Name] = counts.GetValueOrDefault(e.GetType().Name) + 1; }
}
foreach (var (type, count) in counts.OrderBy(c => c.Key)) { Console.Error.WriteLine($"{type}: {count} of 4,000"); Console.WriteLine(type); }
E
printf 'HttpRequestException\nSocketException\n' > expected
dotnet run reset.cs > seen
diff expected seen || { echo "CHANGED: no SocketException comes out of a request any more"; exit 1; }
