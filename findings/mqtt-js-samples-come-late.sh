#!/usr/bin/env bash
# Software: mqtt 5.16.0 (npm), Mosquitto 2.0.11 (Debian mosquitto 2.0.11-1.2+deb12u2).
# Expected: a message of quality 0 that is published without a connection is lost, as "at most once" says, or refused; and one that expires after a second is not sent after three.
# Happens:  it is kept in memory and sent when the broker is back, as if it were new: its callback is called then, without an error. Its expiry does not run while the client holds it;
#           the broker counts from its arrival. Nothing in the message says when it was taken.
# Matters:  a node that was off the network for an hour sends an hour of readings within a second, and the dashboard shows them as the present, at a rate that was never there. The
#           option against it is queueQoSZero: false, with which the callback gets an error.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s mosquitto >/dev/null 2>&1 || apt-get install -y --no-install-recommends mosquitto >/dev/null
version=$(dpkg-query -W -f '${Version}' mosquitto)
[ "$version" = 2.0.11-1.2+deb12u2 ] || { echo "mosquitto is $version, this was seen on 2.0.11-1.2+deb12u2"; exit 1; }

cat > late.mjs <<'E'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import mqtt from 'mqtt';
const url = `mqtt://127.0.0.1:${process.argv[2]}`, seen = [], told = [];
const start = async () => { const broker = spawn('mosquitto', ['-c', 'mosquitto.conf'], { stdio: 'ignore' }); await wait(700); return broker; };
let broker = await start();
process.on('exit', () => broker.kill());
const watcher = await mqtt.connectAsync(url, { reconnectPeriod: 100 });
watcher.on('error', () => {}).on('message', (topic, text) => seen.push(`${topic} ${text}`));
await watcher.subscribeAsync('samples/#');
const nodes = [];
for (const queueQoSZero of [true, false]) {
  const node = await mqtt.connectAsync(url, { reconnectPeriod: 3000, protocolVersion: 5, queueQoSZero });
  nodes.push(node.on('error', () => {}));
}
broker.kill();
await once(broker, 'exit');
await wait(500);
nodes.forEach((node, at) => node.publish(`samples/${at ? 'not-queued' : 'default'}`, 'taken offline', { qos: 0, properties: { messageExpiryInterval: 1 } }, error => told.push(`${at ? 'not queued' : 'default'}: ${error?.message ?? 'no error'}`)));
await wait(1500);
console.log('told while offline:', told.join(', '));
broker = await start();
await wait(4500);
console.log('told in all:', told.join(', '));
console.log('seen by the watcher:', seen.join(', '));
process.exit();
E
cat > expected <<'E'
told while offline: not queued: No connection to broker
told in all: not queued: No connection to broker, default: no error
seen by the watcher: samples/default taken offline
E
npm install --silent --no-audit --no-fund mqtt@5.16.0 >/dev/null
port=$((20000 + RANDOM % 20000))
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" > mosquitto.conf
node late.mjs "$port" > seen
cat seen
diff expected seen || { echo "CHANGED: messages without a connection are handled otherwise than noted"; exit 1; }
