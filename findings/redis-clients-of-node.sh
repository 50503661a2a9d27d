#!/usr/bin/env bash
# Software: ioredis 6.0.0 and redis 6.3.1 (npm) with Redis 7.0.15 (Debian redis-server 5:7.0.15-1~deb12u10).
# Expected: a read that waits for new entries fails when its connection breaks, so that the reader knows to ask for what it missed; a count past 2^53 is exact, a text or refused; what
#           is undefined is refused and a Date is written as JSON writes it; an entry keeps all its fields.
# Happens:  ioredis asks again with the same "$" by itself, which now means "after the break": what came in between is never seen, and nothing is told. The package redis fails. Both
#           round the answer of INCR, whose GET is exact. ioredis stores undefined as an empty text and a Date as "Thu Jan 01 1970 ..." without its milliseconds; redis refuses both,
#           and shows one of two fields of an entry that have one name.
# Matters:  a live view fed by a stream has a hole after each reconnect, and only then, with the next event as proof that it works. A sequence taken from INCR gives two events one
#           number.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s redis-server >/dev/null 2>&1 || apt-get install -y --no-install-recommends redis-server >/dev/null
version=$(dpkg-query -W -f '${Version}' redis-server)
[ "$version" = 5:7.0.15-1~deb12u10 ] || { echo "redis-server is $version, this was seen on 5:7.0.15-1~deb12u10"; exit 1; }

cat > clients.mjs <<'E'
import { setTimeout as wait } from 'node:timers/promises';
import Redis from 'ioredis';
import { createClient } from 'redis';
const port = Number(process.argv[2]), admin = new Redis({ port }), one = new Redis({ port, retryStrategy: () => 300 });
const other = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: () => 300 } });
one.on('error', () => {});
other.on('error', () => {});
await other.connect();
const told = {};
const tell = (name, read) => read.then(answer => { told[name] = JSON.stringify(answer).replace(/\d{10,}-\d+/g, 'id'); }, error => { told[name] = error.message; });
tell('ioredis', one.xread('BLOCK', 0, 'STREAMS', 'events', '$'));
tell('redis', other.xRead({ key: 'events', id: '$' }, { BLOCK: 0 }));
await wait(300);
await admin.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
await admin.xadd('events', '*', 'run', 'between');
await wait(1500);
await admin.xadd('events', '*', 'run', 'after');
await wait(500);
for (const name of ['ioredis', 'redis']) console.log(`${name}, a read that waited while the connection broke: ${told[name]}`);
await admin.set('number', '9007199254740994');
const first = `ioredis ${await one.incr('number')}, the text is ${await one.get('number')}`;
await admin.incr('number');
console.log(`INCR: ${first}; redis ${await other.incr('number')}, the text is ${await other.get('number')}`);
for (const [name, value] of [['undefined', undefined], ['a Date', new Date(1)]]) {
  const kept = await one.set('value', value).then(() => one.get('value'));
  const refused = await Promise.resolve().then(() => other.set('value', value)).then(() => 'taken', () => 'refused');
  console.log(`${name}: ioredis "${kept.replace(/ GMT.*/, '...')}", redis ${refused}`);
}
await admin.xadd('labels', '*', 'label', 'oslo', 'label', 'north');
console.log(`two fields of one name: ioredis ${JSON.stringify((await one.xrange('labels', '-', '+'))[0][1])}, redis ${JSON.stringify((await other.xRange('labels', '-', '+'))[0].message)}`);
process.exit();
E
cat > expected <<'E'
ioredis, a read that waited while the connection broke: [["events",[["id",["run","after"]]]]]
redis, a read that waited while the connection broke: Socket closed unexpectedly
INCR: ioredis 9007199254740996, the text is 9007199254740995; redis 9007199254740996, the text is 9007199254740997
undefined: ioredis "", redis refused
a Date: ioredis "Thu Jan 01 1970 00:00:00...", redis refused
two fields of one name: ioredis ["label","oslo","label","north"], redis {"label":"north"}
E
npm install --silent --no-audit --no-fund ioredis@6.0.0 redis@6.3.1 >/dev/null
port=$((20000 + RANDOM % 20000))
redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$dir" >/dev/null & server=$!
until (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 $server; sleep 0.1; done
TZ=UTC node clients.mjs "$port" > seen
cat seen
diff expected seen || { echo "CHANGED: the clients answer otherwise than noted"; exit 1; }
