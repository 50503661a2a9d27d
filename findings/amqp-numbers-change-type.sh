#!/usr/bin/env bash
# Software: rhea 3.0.5 (npm), AMQPNetLite 2.5.5 (NuGet), AMQP 1.0.
# Expected: the numbers of one field arrive as one type, and NaN as NaN: AMQP has a double.
# Happens:  rhea chooses the type by the value: 5 arrives in .NET as UInt32, -5 and 0 as Int32, 5.5 as Double, 5.0 as UInt32 and a time in milliseconds as UInt64. NaN
#           arrives as null; Infinity as itself.
# Matters:  a consumer that casts to double or int works with the readings of the test and throws at the first whole, negative or missing one.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat receiver.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > receive.cs <<'E'
#:package AMQPNetLite@2.5.5
#:property PublishAot=false
#:property InvariantGlobalization=true
using Amqp;
using Amqp.Listener;
using Amqp.Types;
var done = new TaskCompletionSource();
var host = new ContainerHost(new Address("amqp://127.0.0.1:19451"));
host.RegisterMessageProcessor("readings", new Readings(done));
host.Open();
File.WriteAllText("receiver.pid", Environment.ProcessId.ToString());
await done.Task;
host.Close();

class Readings(TaskCompletionSource done) : IMessageProcessor
{
    public int Credit => 100;
    public void Process(MessageContext context)
    {
        if (context.Message.Body is "end") done.SetResult();
        else foreach (var (name, value) in (Map)context.Message.Body) Console.WriteLine($"{name}: {value ?? "null"} {value?.GetType().Name}".TrimEnd());
        context.Complete();
    }
}
E
cat > send.mjs <<'E'
import rhea from 'rhea';
const container = rhea.create_container();
container.on('disconnected', () => {});
const sender = container.connect({ host: '127.0.0.1', port: 19451, reconnect: false }).open_sender('readings');
const readings = [['5', 5], ['-5', -5], ['0', 0], ['5.0', 5.0], ['5.5', 5.5], ['milliseconds', Date.parse('2026-07-01T10:00:00Z')], ['NaN', NaN], ['Infinity', Infinity]];
let waiting = readings.length;
sender.on('accepted', () => { if (--waiting === 0) sender.send({ body: 'end' }); else if (waiting < 0) sender.connection.close(); });
sender.once('sendable', () => { for (const [name, value] of readings) sender.send({ body: { [name]: value } }); });
E
cat > expected <<'E'
5: 5 UInt32
-5: -5 Int32
0: 0 Int32
5.0: 5 UInt32
5.5: 5.5 Double
milliseconds: 1782900000000 UInt64
NaN: null
Infinity: Infinity Double
E
npm install --silent --no-audit --no-fund rhea@3.0.5 >/dev/null
dotnet run receive.cs > seen & receiver=$!
for _ in $(seq 600); do [ -s receiver.pid ] && break; sleep 0.1; done
node send.mjs
wait $receiver
cat seen
diff expected seen || { echo "CHANGED: the libraries exchange numbers otherwise than noted"; exit 1; }
