#!/usr/bin/env bash
# Software: statsd 0.9.0, hot-shots 17.1.1 and statsd-client 0.4.7 (npm).
# Expected: gauge('temperature', -5) sets the gauge to -5.
# Happens:  the clients send "-5" as it is, and the server reads a sign as a step: it takes 5 from the last value. A gauge that was 3 is -2, and with each further
#           sample of -5 it falls by 5. The first sample after a start of the server, and each positive one, is right.
# Matters:  the temperature of a cold room falls without end as long as it is below zero, and is right again as soon as it is above.
set -euo pipefail
dir=$(mktemp -d); trap 'kill ${server:-} 2>/dev/null || true; rm -rf "$dir"' EXIT; cd "$dir"
echo '{ address: "127.0.0.1", port: 18125, mgmt_address: "127.0.0.1", mgmt_port: 18126, flushInterval: 60000, backends: [] }' > settings.js
cat > send.mjs <<'E'
import net from 'net';
import HotShots from 'hot-shots';
import StatsdClient from 'statsd-client';
const gauges = () => new Promise((done, failed) => {
  let text = '';
  const connection = net.connect(18126, '127.0.0.1', () => connection.write('gauges\n'));
  connection.on('error', failed).on('data', part => {
    text += part;
    if (!text.includes('END')) return;
    connection.destroy();
    done(text);
  });
});
const value = async name => new RegExp(`${name}'?: (-?\\d+)`).exec(await gauges())?.[1];
const seconds = count => new Promise(done => setTimeout(done, count * 1000));
for (let i = 0; i < 50; i++) { try { await gauges(); break; } catch { await seconds(0.2); } }
const hotShots = new HotShots({ host: '127.0.0.1', port: 18125, maxBufferSize: 0 });
const statsdClient = new StatsdClient({ host: '127.0.0.1', port: 18125, maxBufferSize: 0 });
for (const [name, client] of [['hot-shots', hotShots], ['statsd-client', statsdClient]]) {
  const seen = [];
  for (const sample of [-1, 3, -5, -5, -5, 1]) {
    client.gauge(name, sample);
    await seconds(0.5);
    seen.push(`${sample} is ${await value(name)}`);
  }
  console.log(`${name}: ${seen.join(', ')}`);
}
hotShots.close();
statsdClient.close();
E
cat > expected <<'E'
hot-shots: -1 is -1, 3 is 3, -5 is -2, -5 is -7, -5 is -12, 1 is 1
statsd-client: -1 is -1, 3 is 3, -5 is -2, -5 is -7, -5 is -12, 1 is 1
E
npm install --silent --no-audit --no-fund --ignore-scripts statsd@0.9.0 hot-shots@17.1.1 statsd-client@0.4.7 >/dev/null
node node_modules/statsd/stats.js settings.js >log 2>&1 & server=$!
node send.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: a gauge below zero is kept otherwise than noted"; exit 1; }
