#!/usr/bin/env bash
# Software: Websocket.Client 5.5.1 (NuGet), ws 8.23.0 (npm) as the server.
# Expected: a connection that is alive, with the server's pings answered every two seconds, is kept; what is sent while there is none is sent later or refused.
# Happens:  a feed without a message for a minute is left and connected anew, once a minute for as long as nothing happens: ReconnectTimeout is a minute by default, and pings do not
#           count as messages. Send() before there is a connection is true.
# Matters:  a feed of changes is quiet when all is well. Each viewer in .NET then comes anew every minute, loads the whole state again and flashes "reconnected", at night, from every
#           screen; under load, when somebody looks, it never happens.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > server.mjs <<'E'
import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => console.log(server.address().port));
setInterval(() => server.clients.forEach(client => client.ping()), 2000);
E
cat > client.cs <<'E'
#:package Websocket.Client@5.5.1
#:property PublishAot=false
#:property InvariantGlobalization=true
using Websocket.Client;
using var client = new WebsocketClient(new Uri($"ws://127.0.0.1:{args[0]}"));
Console.WriteLine($"default: {client.ReconnectTimeout}, sent without a connection: {client.Send("hello")}");
client.ReconnectionHappened.Subscribe(info => Console.WriteLine($"connected: {info.Type}"));
client.DisconnectionHappened.Subscribe(info => { if (info.Type != DisconnectionType.Exit) Console.WriteLine($"left: {info.Type}"); });
await client.Start();
await Task.Delay(TimeSpan.FromSeconds(75));
E
cat > expected <<'E'
default: 00:01:00, sent without a connection: True
connected: Initial
left: NoMessageReceived
connected: NoMessageReceived
E
npm install --silent --no-audit --no-fund ws@8.23.0 >/dev/null
node server.mjs > port & server=$!
until [ -s port ]; do kill -0 $server; sleep 0.1; done
dotnet run client.cs -- "$(cat port)" > seen
cat seen
diff expected seen || { echo "CHANGED: quiet connections are kept otherwise than noted"; exit 1; }
