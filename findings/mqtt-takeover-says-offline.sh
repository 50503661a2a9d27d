#!/usr/bin/env bash
# Software: Mosquitto 2.0.11 (Debian mosquitto 2.0.11-1.2+deb12u2), mqtt 5.16.0 (npm) as device and watcher.
# Expected: a last will is published when a device is gone. One that comes back under its own name, before the broker has missed it, is not gone; one message that fits two
#           subscriptions of a client arrives once, or as often in both versions of the protocol.
# Happens:  the new connection ends the old one, and ending it publishes the old one's will: the retained state is "offline" while the device is connected, until it publishes its state
#           again. With MQTT 5 a client with overlapping subscriptions gets one message once for each of them, with MQTT 3.1.1 from the same broker once in all.
# Matters:  a device whose network changes reconnects within a second and stays grey for ever if it says "online" at its start alone. A dashboard that moves to MQTT 5 counts the
#           messages of what it watches twice, those with a detail page open.
set -euo pipefail
dir=$(mktemp -d); broker=; trap 'kill $broker 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s mosquitto >/dev/null 2>&1 || apt-get install -y --no-install-recommends mosquitto >/dev/null
version=$(dpkg-query -W -f '${Version}' mosquitto)
[ "$version" = 2.0.11-1.2+deb12u2 ] || { echo "mosquitto is $version, this was seen on 2.0.11-1.2+deb12u2"; exit 1; }

cat > watch.mjs <<'E'
import { setTimeout as wait } from 'node:timers/promises';
import mqtt from 'mqtt';
const url = process.argv[2], seen = [];
const watcher = await mqtt.connectAsync(url, { clientId: 'watcher' });
watcher.on('message', (topic, text) => seen.push(`${topic} ${text}`));
await watcher.subscribeAsync('state/#');
for (const protocolVersion of [4, 5]) {
  const name = protocolVersion === 4 ? 'MQTT 3.1.1' : 'MQTT 5';
  const device = { clientId: 'edge-1', protocolVersion, reconnectPeriod: 0, will: { topic: 'state/edge-1', payload: 'offline', retain: true } };
  const first = await mqtt.connectAsync(url, device);
  await first.publishAsync('state/edge-1', 'online', { retain: true });
  const second = await mqtt.connectAsync(url, device);
  await wait(1000);
  console.log(`${name}, edge-1 is connected: ${second.connected}; seen: ${seen.splice(0).join(', ')}`);
  await second.endAsync();
  const viewer = await mqtt.connectAsync(url, { clientId: 'viewer', protocolVersion });
  let count = 0;
  viewer.on('message', () => count++);
  for (const filter of ['runs/#', 'runs/+', 'runs/edge-1']) await viewer.subscribeAsync(filter, { qos: 1 });
  await watcher.publishAsync('runs/edge-1', 'started', { qos: 1 });
  await wait(1000);
  console.log(`${name}, one message under three subscriptions arrives: ${count}`);
  await viewer.endAsync();
}
await watcher.endAsync();
E
cat > expected <<'E'
MQTT 3.1.1, edge-1 is connected: true; seen: state/edge-1 online, state/edge-1 offline
MQTT 3.1.1, one message under three subscriptions arrives: 1
MQTT 5, edge-1 is connected: true; seen: state/edge-1 online, state/edge-1 offline
MQTT 5, one message under three subscriptions arrives: 3
E
npm install --silent --no-audit --no-fund mqtt@5.16.0 >/dev/null
port=$((20000 + RANDOM % 20000))
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" > mosquitto.conf
mosquitto -c mosquitto.conf 2>/dev/null & broker=$!
for _ in $(seq 50); do (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
node watch.mjs "mqtt://127.0.0.1:$port" > seen
cat seen
diff expected seen || { echo "CHANGED: wills or subscriptions are handled otherwise than noted"; exit 1; }
