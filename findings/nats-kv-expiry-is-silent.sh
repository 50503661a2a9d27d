#!/usr/bin/env bash
# Software: NATS server 2.9.10 with JetStream (Debian nats-server 2.9.10-1+b3), nats 2.29.3 (npm).
# Expected: who watches a bucket of keys with a time to live is told when a key is over, as when one is deleted; a name that a node may have is a key.
# Happens:  a key that is over is gone without a word: get gives null, the watcher has seen the PUT alone. A deleted one is a DEL for the watcher, and get gives an entry with an empty
#           value, not null. A MAC address (colons), a name with a space or a letter beyond ASCII is an invalid key.
# Matters:  presence in a bucket with a time to live, written by each agent every few seconds, is the usual recipe; a dashboard that watches it shows every node as present for ever.
#           And "entry is not null" takes a node that has signed off for one that is there.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s nats-server >/dev/null 2>&1 || apt-get install -y --no-install-recommends nats-server >/dev/null
version=$(dpkg-query -W -f '${Version}' nats-server)
[ "$version" = 2.9.10-1+b3 ] || { echo "nats-server is $version, this was seen on 2.9.10-1+b3"; exit 1; }

cat > presence.mjs <<'E'
import { setTimeout as wait } from 'node:timers/promises';
import { connect, StringCodec } from 'nats';
const text = StringCodec(), seen = [];
const connection = await connect({ servers: process.argv[2] });
const bucket = await connection.jetstream().views.kv('presence', { ttl: 2000 });
const watch = await bucket.watch();
(async () => { for await (const entry of watch) seen.push(`${entry.operation} ${entry.key}`); })();
const show = entry => entry ? `${entry.operation} ${JSON.stringify(text.decode(entry.value))}` : 'null';
await bucket.put('edge-1', text.encode('present'));
console.log(`at once: get edge-1 is ${show(await bucket.get('edge-1'))}`);
await wait(4000);
console.log(`when it is over: get edge-1 is ${show(await bucket.get('edge-1'))}, the watcher has seen: ${seen.splice(0).join(', ')}`);
await bucket.put('edge-2', text.encode('present'));
await bucket.delete('edge-2');
await wait(300);
console.log(`deleted: get edge-2 is ${show(await bucket.get('edge-2'))}, the watcher has seen: ${seen.splice(0).join(', ')}`);
for (const key of ['edge-1/disk', 'edge=1', '00:1a:2b:3c:4d:5e', 'hall 3', 'Tromsø']) {
  try { await bucket.put(key, text.encode('')); console.log(`key ${key}: taken`); } catch (error) { console.log(`key ${key}: ${error.message.split(':')[0]}`); }
}
await connection.close();
E
cat > expected <<'E'
at once: get edge-1 is PUT "present"
when it is over: get edge-1 is null, the watcher has seen: PUT edge-1
deleted: get edge-2 is DEL "", the watcher has seen: PUT edge-2, DEL edge-2
key edge-1/disk: taken
key edge=1: taken
key 00:1a:2b:3c:4d:5e: invalid key
key hall 3: invalid key
key Tromsø: invalid key
E
npm install --silent --no-audit --no-fund nats@2.29.3 >/dev/null
port=$((20000 + RANDOM % 20000))
nats-server -js -sd "$dir/store" -a 127.0.0.1 -p "$port" >/dev/null 2>&1 & server=$!
for _ in $(seq 50); do (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
node presence.mjs "127.0.0.1:$port" > seen
cat seen
diff expected seen || { echo "CHANGED: buckets of keys behave otherwise than noted"; exit 1; }
