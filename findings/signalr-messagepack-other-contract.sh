#!/usr/bin/env bash
# Software: ASP.NET Core 10.0 SignalR (seen on 10.0.12) with Microsoft.AspNetCore.SignalR.Protocols.MessagePack 10.0.12 (NuGet), @microsoft/signalr and its msgpack protocol 10.0.11
#           (npm).
# Expected: the protocol is a matter of transport: a client that moves from JSON to MessagePack sends and gets the same objects, or an error.
# Happens:  what is sent with the members' names of JSON arrives as an empty object: no id, the year 1, zero, without an error. What comes back has other names (Id for id), a duration
#           as a number of 100 ns, an enum as its name where JSON has its number, and a decimal as a text; of an enum each takes only its own form. A type that is not public ends the
#           connection. In both, handlers for "Changed" and "changed" are one name: each message runs both.
# Matters:  a command "stop what is selected" with an object as argument does something else after the switch: its filter is empty. The page shows blanks, and 90 seconds are 900000000 in
#           one column.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > hub.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.AspNetCore.SignalR.Protocols.MessagePack@10.0.12
#:property PublishAot=false
#:property InvariantGlobalization=true
using Microsoft.AspNetCore.SignalR;
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSignalR().AddMessagePackProtocol();
var app = builder.Build();
app.MapHub<Fleet>("/hub");
await app.StartAsync();
File.WriteAllText("address.new", app.Urls.First());
File.Move("address.new", "address");
await app.WaitForShutdownAsync();

public record Run(string Id, DateTime At, TimeSpan Took, DayOfWeek Day, decimal Cost);
record Hidden(string Id);
public class Fleet : Hub
{
    public Run Get() => new("run-1", new(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc), TimeSpan.FromSeconds(90), DayOfWeek.Friday, 1.5m);
    public string Stop(Run run) => FormattableString.Invariant($"stops \"{run.Id}\" of {run.At:yyyy-MM-dd}, {run.Cost}");
    public object GetInternal() => new Hidden("run-1");
    public string Day(DayOfWeek day) => day.ToString();
    public async Task Change() { await Clients.Caller.SendAsync("Changed", 1); await Clients.Caller.SendAsync("changed", 2); }
}
E
cat > client.mjs <<'E'
import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
for (const name of ['JSON', 'MessagePack']) {
  const builder = new HubConnectionBuilder().withUrl(`${process.argv[2]}/hub`).configureLogging(LogLevel.None);
  const connection = (name === 'JSON' ? builder : builder.withHubProtocol(new MessagePackHubProtocol())).build(), seen = [];
  for (const method of ['Changed', 'changed']) connection.on(method, value => { seen.push(`${method} ${value}`); });
  await connection.start();
  const ask = async (...call) => { try { return JSON.stringify(await connection.invoke(...call)); } catch { return 'error'; } };
  console.log(`${name}, get: ${await ask('Get')}`);
  console.log(`${name}, stop: ${await ask('Stop', { id: 'run-1', at: new Date('2026-01-01T10:00:00Z'), took: '00:01:30', day: 5, cost: 1.5 })}`);
  console.log(`${name}, day 5: ${await ask('Day', 5)}, day "Friday": ${await ask('Day', 'Friday')}`);
  await connection.invoke('Change');
  await connection.invoke('Get');
  console.log(`${name}, seen: ${seen.join(', ')}`);
  console.log(`${name}, get a type that is not public: ${await ask('GetInternal')}, then ${connection.state}`);
  await connection.stop();
}
process.exit();
E
cat > expected <<'E'
JSON, get: {"id":"run-1","at":"2026-01-01T10:00:00Z","took":"00:01:30","day":5,"cost":1.5}
JSON, stop: "stops \"run-1\" of 2026-01-01, 1.5"
JSON, day 5: "Friday", day "Friday": error
JSON, seen: Changed 1, Changed 2, changed 1, changed 2
JSON, get a type that is not public: {"id":"run-1"}, then Connected
MessagePack, get: {"Id":"run-1","At":"2026-01-01T10:00:00.000Z","Took":900000000,"Day":"Friday","Cost":"1.5"}
MessagePack, stop: "stops \"\" of 0001-01-01, 0"
MessagePack, day 5: error, day "Friday": "Friday"
MessagePack, seen: Changed 1, Changed 2, changed 1, changed 2
MessagePack, get a type that is not public: error, then Disconnected
E
npm install --silent --no-audit --no-fund @microsoft/signalr@10.0.11 @microsoft/signalr-protocol-msgpack@10.0.11 >/dev/null
dotnet build hub.cs -o out --nologo -v quiet >/dev/null
ASPNETCORE_URLS=http://127.0.0.1:0 ./out/hub & server=$!
until [ -f address ]; do kill -0 $server; sleep 0.1; done
node client.mjs "$(cat address)" > seen
cat seen
diff expected seen || { echo "CHANGED: the two protocols differ otherwise than noted"; exit 1; }
