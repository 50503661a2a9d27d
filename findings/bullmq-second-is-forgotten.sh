#!/usr/bin/env bash
# Software: bullmq 6.7.0 with ioredis 6.0.0 (npm), Redis 7.0.15 (Debian redis-server 5:7.0.15-1~deb12u10).
# Expected: a job that is given an id which was used before is a new job, or an error; what add() returns is what was stored; a priority comes before none; a result is what the worker
#           returned.
# Happens:  a second job with the id of one that is kept, completed or not, is dropped: add() returns a job with that id and the new data, and what is stored and has run is the first.
#           Jobs without a priority come before those with priority 1, the highest. A Date comes back as a text, NaN as null. An id may neither be a number nor hold a colon.
# Matters:  "stop edge-1", with the name of the node as id so that it is not sent twice, is sent once for ever: the next stop, days later, is answered with its id and never runs.
#           Urgent jobs that were given a priority wait behind all ordinary ones.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s redis-server >/dev/null 2>&1 || apt-get install -y --no-install-recommends redis-server >/dev/null
[ "$(dpkg-query -W -f '${Version}' redis-server)" = 5:7.0.15-1~deb12u10 ] || { echo "this was seen on redis-server 5:7.0.15-1~deb12u10"; exit 1; }

cat > queue.mjs <<'E'
import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
const connection = { host: '127.0.0.1', port: Number(process.argv[2]) };
const queue = new Queue('runs', { connection }), ran = [];
const worker = new Worker('runs', async job => { ran.push(`${job.name} ${JSON.stringify(job.data)}`); return { at: new Date(0), rate: NaN }; }, { connection });
await queue.add('stop', { reason: 'update' }, { jobId: 'edge-1' });
await once(worker, 'completed');
const again = await queue.add('stop', { reason: 'overheated' }, { jobId: 'edge-1' });
await queue.add('start', {});
await once(worker, 'completed');
const kept = await queue.getJob('edge-1');
console.log(`returned by the second add: id ${again.id}, ${JSON.stringify(again.data)}; stored: ${JSON.stringify(kept.data)}, result ${JSON.stringify(kept.returnvalue)}`);
console.log(`ran: ${ran.splice(0).join(', ')}`);
await worker.pause();
for (const [name, priority] of [['priority 10', 10], ['priority 1', 1], ['none']]) await queue.add(name, {}, { priority });
worker.resume();
while (ran.length < 3) await once(worker, 'completed');
console.log(`in order: ${ran.map(run => run.replace(' {}', '')).join(', ')}`);
for (const jobId of ['12', 'rack:1']) console.log(`id ${jobId}: ${await queue.add('stop', {}, { jobId }).then(() => 'taken', error => error.message)}`);
process.exit();
E
cat > expected <<'E'
returned by the second add: id edge-1, {"reason":"overheated"}; stored: {"reason":"update"}, result {"at":"1970-01-01T00:00:00.000Z","rate":null}
ran: stop {"reason":"update"}, start {}
in order: none, priority 1, priority 10
id 12: Custom Id cannot be integers
id rack:1: Custom Id cannot contain :
E
npm install --silent --no-audit --no-fund --ignore-scripts bullmq@6.7.0 ioredis@6.0.0 >/dev/null
port=$((20000 + RANDOM % 20000))
redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$dir" >/dev/null & server=$!
until (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 $server; sleep 0.1; done
node queue.mjs "$port" 2>/dev/null > seen
cat seen
diff expected seen || { echo "CHANGED: jobs are queued otherwise than noted"; exit 1; }
