#!/usr/bin/env bash
# Software: coap 1.5.0 (npm) as client and server.
# Expected: a body that does not fit one packet goes in blocks, in both directions.
# Happens:  an answer of 5,000 bytes arrives, in blocks that nobody asked for; a request of 5,000 bytes is an error, "Max packet size is 1280". It goes through once a Block1 option is
#           set by hand, in which case the library does all the rest.
# Matters:  a device that reads its spec (GET) works in every test, and the one that sends its report (PUT) works until the day on which the report has grown past a packet.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > large.mjs <<'E'
import { Buffer } from 'node:buffer';
import coap from 'coap';
const server = coap.createServer((request, response) => response.end(request.method === 'GET' ? Buffer.alloc(5000, 'x') : `${request.payload.length} bytes taken`));
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const port = server._sock.address().port;
const ask = (method, body, option) => new Promise(done => {
  const request = coap.request({ hostname: '127.0.0.1', port, method, pathname: '/report' });
  if (option) request.setOption('Block1', option);
  request.on('response', response => done(`${response.code}, ${response.payload.length > 100 ? `${response.payload.length} bytes` : response.payload}`));
  request.on('error', error => done(error.message.replace(/: current.*/, '')));
  request.end(body);
});
console.log(`GET, an answer of 5000 bytes: ${await ask('GET')}`);
for (const size of [1000, 5000]) console.log(`PUT of ${size} bytes: ${await ask('PUT', Buffer.alloc(size, 'y'))}`);
console.log(`PUT of 5000 bytes with Block1 of 512: ${await ask('PUT', Buffer.alloc(5000, 'y'), Buffer.of(0x5))}`);
process.exit();
E
cat > expected <<'E'
GET, an answer of 5000 bytes: 2.05, 5000 bytes
PUT of 1000 bytes: 2.05, 1000 bytes taken
PUT of 5000 bytes: Max packet size is 1280
PUT of 5000 bytes with Block1 of 512: 2.05, 5000 bytes taken
E
npm install --silent --no-audit --no-fund coap@1.5.0 >/dev/null
timeout 30 node large.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: large bodies are sent otherwise than noted"; exit 1; }
