#!/usr/bin/env bash
# Software: gelf-pro 1.4.0 (npm), messages in GELF by UDP.
# Expected: the fields given with a message arrive as fields of these names and values, or an error says which do not.
# Happens:  a field called id is dropped without a word. Fields called level, host and timestamp are not fields: they take the place of the message's own, so an
#           information with the field level: 3 arrives as an error, and a time as text in place of the number that GELF asks for. Truth values are texts, lists are
#           joined, null is empty and a Date is written in the words of the machine's locale and zone.
# Matters:  log lines that carry the id of an execution cannot be found by it, and a node that reports the level of its battery raises alarms.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=Asia/Kolkata
cat > send.mjs <<'E'
import dgram from 'dgram';
import zlib from 'zlib';
import log from 'gelf-pro';
const receiver = dgram.createSocket('udp4');
await new Promise(done => receiver.bind(0, '127.0.0.1', done));
log.setConfig({ adapterName: 'udp', adapterOptions: { host: '127.0.0.1', port: receiver.address().port } });
const send = async fields => {
  const arrived = new Promise(done => receiver.once('message', packet => done(packet)));
  log.info('started', fields);
  const packet = await arrived;
  // a packet that begins with 1e 0f is a piece of a message behind twelve bytes of its own; this one has one piece
  const { version, short_message, ...rest } = JSON.parse(zlib.inflateSync(packet[0] === 0x1e ? packet.subarray(12) : packet));
  for (const name of ['host', 'timestamp']) if (!(name in fields)) delete rest[name];
  console.log(`${JSON.stringify(fields)} => ${JSON.stringify(rest)}`);
};
await send({ id: 'exec-7', node: 'edge-1' });
await send({ level: 3 });
await send({ host: 'edge-1', timestamp: '2026-07-01T10:00:00Z' });
await send({ ok: true, ports: [80, 443], reason: null, cpu: NaN, labels: { zone: 'eu' }, at: new Date('2026-07-01T10:00:00Z') });
receiver.close();
E
cat > expected <<'E'
{"id":"exec-7","node":"edge-1"} => {"level":6,"_node":"edge-1"}
{"level":3} => {"level":3}
{"host":"edge-1","timestamp":"2026-07-01T10:00:00Z"} => {"timestamp":"2026-07-01T10:00:00Z","host":"edge-1","level":6}
{"ok":true,"ports":[80,443],"reason":null,"cpu":null,"labels":{"zone":"eu"},"at":"2026-07-01T10:00:00.000Z"} => {"level":6,"_ok":"true","_ports":"80,443","_reason":"","_cpu":"NaN","_labels_zone":"eu","_at":"Wed Jul 01 2026 15:30:00 GMT+0530 (India Standard Time)"}
E
npm install --silent --no-audit --no-fund gelf-pro@1.4.0 >/dev/null
node send.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the library sends otherwise than noted"; exit 1; }
