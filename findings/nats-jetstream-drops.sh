#!/usr/bin/env bash
# Software: NATS server 2.9.10 with JetStream (Debian nats-server 2.9.10-1+b3), nats 2.29.3 (npm).
# Expected: an id of a message is a message's own within its subject; what was never acknowledged shows somewhere; a full stream and one that does not exist are different errors.
# Happens:  ids count for the whole stream: event 1 of edge-2 is a duplicate of event 1 of edge-1 and is not stored, and the publisher gets a number as usual, that of the other one. A
#           message that was delivered as often as is allowed is in no count: pending 0, unacknowledged 0, as if all were done. The first delivery has the count 1. A publish to a full
#           stream, and to none, is "503" in both cases; by plain publish it is no error at all.
# Matters:  agents that number their events each from 1 lose those of all but the first node, in the two minutes that the window lasts, and everything was acknowledged. A dashboard
#           that shows a consumer's backlog shows 0 where messages were given up.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
[ "$(dpkg-query -W -f '${Version}' nats-server 2>/dev/null || true)" ] || apt-get install -y --no-install-recommends nats-server >/dev/null
version=$(dpkg-query -W -f '${Version}' nats-server)
[ "$version" = 2.9.10-1+b3 ] || { echo "nats-server is $version, this was seen on 2.9.10-1+b3"; exit 1; }

cat > publish.mjs <<'E'
import { connect, nanos, AckPolicy } from 'nats';
const connection = await connect({ servers: process.argv[2] });
const stream = connection.jetstream(), admin = await connection.jetstreamManager();
await admin.streams.add({ name: 'EVENTS', subjects: ['events.>'] });
for (const node of ['edge-1', 'edge-2']) {
  const answer = await stream.publish(`events.${node}`, 'started', { msgID: '1' });
  console.log(`event 1 of ${node}: number ${answer.seq}, duplicate ${answer.duplicate}`);
}
console.log(`stored: ${(await admin.streams.info('EVENTS')).state.messages}`);
await admin.consumers.add('EVENTS', { durable_name: 'reader', ack_policy: AckPolicy.Explicit, ack_wait: nanos(500), max_deliver: 2 });
const reader = await stream.consumers.get('EVENTS', 'reader');
for (let turn = 0; turn < 3; turn++) {
  const message = await reader.next({ expires: 2000 });
  console.log(message ? `delivered, count ${message.info.redeliveryCount}, again ${message.redelivered}` : 'nothing to deliver');
}
const info = await admin.consumers.info('EVENTS', 'reader');
console.log(`never acknowledged: pending ${info.num_pending}, unacknowledged ${info.num_ack_pending}, acknowledged up to ${info.ack_floor.stream_seq}`);
await admin.streams.add({ name: 'FULL', subjects: ['full.>'], max_msgs: 1, discard: 'new' });
for (const subject of ['full.a', 'full.a', 'none.a']) {
  try { await stream.publish(subject, ''); console.log(`publish to ${subject}: stored`); } catch (error) { console.log(`publish to ${subject}: ${error.message}`); }
}
connection.publish('full.a', '');
await connection.flush();
console.log('plain publish to full.a: no error');
await connection.close();
E
cat > expected <<'E'
event 1 of edge-1: number 1, duplicate false
event 1 of edge-2: number 1, duplicate true
stored: 1
delivered, count 1, again false
delivered, count 2, again true
nothing to deliver
never acknowledged: pending 0, unacknowledged 0, acknowledged up to 0
publish to full.a: stored
publish to full.a: 503
publish to none.a: 503
plain publish to full.a: no error
E
npm install --silent --no-audit --no-fund nats@2.29.3 >/dev/null
port=$((20000 + RANDOM % 20000))
nats-server --jetstream --store_dir "$dir/store" --addr 127.0.0.1 --port "$port" >/dev/null 2>&1 & server=$!
until (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 $server; sleep 0.1; done
node publish.mjs "127.0.0.1:$port" > seen
cat seen
diff expected seen || { echo "CHANGED: streams behave otherwise than noted"; exit 1; }
