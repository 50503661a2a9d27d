#!/usr/bin/env bash
# Software: NATS.Net 3.3.2 (NuGet) with its default serializers; NATS server 2.9.10 (Debian nats-server 2.9.10-1+b3).
# Expected: a message that is no number is an error where a number is asked for, as other .NET readers have it, and nothing is null or an error.
# Happens:  as much of the beginning is taken as is a number, and the rest is dropped: "12x" is 12, "1.5" and "1.5e6" are 1, "3 of 7" is 3, "1,5" is 1. An empty message
#           is 0, or false, without an error. Only a text that does not begin with a number is one.
# Matters:  a count that a peer begins to write as 1.5e6 is 1, a measurement of a German controller loses its fraction, and a sensor that has nothing to say measures 0.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat server.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s nats-server >/dev/null 2>&1 || apt-get install -y --no-install-recommends nats-server >/dev/null
version=$(dpkg-query -W -f '${Version}' nats-server)
[ "$version" = 2.9.10-1+b3 ] || { echo "nats-server is $version, this was seen on 2.9.10-1+b3"; exit 1; }

nats-server -a 127.0.0.1 -p 14229 >log 2>&1 &
echo $! > server.pid
cat > numbers.cs <<'E'
#:package NATS.Net@3.3.2
#:property PublishAot=false
#:property InvariantGlobalization=true
using NATS.Client.Core;
using NATS.Net;
await using var client = new NatsClient("nats://127.0.0.1:14229");
await client.ConnectAsync();
await Read<int>("7", "12x", "1.5", "1.5e6", "3 of 7", "offline", "", """{"count":7}""");
await Read<double>("1.5", "1,5", "offline", "");
await Read<bool>("true", "yes", "1", "");
await Read<int?>("7", "");

async Task Read<T>(params string[] texts)
{
    await using var subscription = await client.Connection.SubscribeCoreAsync<T>("readings");
    foreach (var text in texts)
    {
        await client.PublishAsync("readings", text);
        var message = await subscription.Msgs.ReadAsync();
        Console.WriteLine($"\"{text}\" as {Nullable.GetUnderlyingType(typeof(T))?.Name + (default(T) is null ? "?" : typeof(T).Name)}: {(message.Error is { } e ? e.GetType().Name : message.Data is { } data ? $"{data}" : "null")}");
    }
}
E
cat > expected <<'E'
"7" as Int32: 7
"12x" as Int32: 12
"1.5" as Int32: 1
"1.5e6" as Int32: 1
"3 of 7" as Int32: 3
"offline" as Int32: NatsDeserializeException
"" as Int32: 0
"{"count":7}" as Int32: NatsDeserializeException
"1.5" as Double: 1.5
"1,5" as Double: 1
"offline" as Double: NatsDeserializeException
"" as Double: 0
"true" as Boolean: True
"yes" as Boolean: NatsDeserializeException
"1" as Boolean: NatsDeserializeException
"" as Boolean: False
"7" as Int32?: 7
"" as Int32?: null
E
dotnet run numbers.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the client reads otherwise than noted"; exit 1; }
