#!/usr/bin/env bash
# Software: nginx 1.22.1 (Debian 12), log_format with escape=json.
# Expected: with escape=json each line is valid JSON; a time of the server behind is a number.
# Happens:  a request that was tried on two servers has two times and two states in one variable, "0.001, 0.000" and "503, 200"; one that no server was asked for has
#           none. Written as a number both make the line invalid, just for the requests where something went wrong. $request_time is in seconds of three digits, 0.000 for
#           most.
# Matters:  the log reader leaves out the lines of the retries, so the dashboard shows an upstream that never fails; read as text, "503, 200" is no 5xx.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat nginx.pid server.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"
command -v nginx >/dev/null || apt-get install -y --no-install-recommends nginx-light >/dev/null
nginx -v 2>&1 | grep -q 'nginx/1.22.1' || { nginx -v; echo "this was seen on nginx 1.22.1"; exit 1; }
cat > nginx.conf <<'E'
pid nginx.pid; error_log error.log; events {}
http {
  log_format lines escape=json '{"path":"$uri","status":$status,"upstream_status":"$upstream_status","upstream_time":$upstream_response_time}';
  access_log access.log lines;
  upstream servers { server 127.0.0.1:19454; server 127.0.0.1:19455; }
  server { listen 127.0.0.1:19453;
    location / { proxy_pass http://servers; proxy_next_upstream http_503; }
    location /own { return 200 "ok"; } }
}
E
cat > server.mjs <<'E'
import http from 'http';
import fs from 'fs';
const listen = (port, status) => new Promise(done => http.createServer((_, answer) => { answer.statusCode = status; answer.end(); }).listen(port, '127.0.0.1', done));
await listen(19454, 503);
await listen(19455, 200);
fs.writeFileSync('server.pid', String(process.pid));
E
cat > read.mjs <<'E'
import fs from 'fs';
for (const line of fs.readFileSync('access.log', 'utf8').trim().split('\n')) {
  let valid = 'valid';
  try { JSON.parse(line); } catch { valid = 'invalid'; }
  console.log(`${valid}: ${line.replace(/\d\.\d{3}/g, '0.00N')}`);
}
E
cat > expected <<'E'
invalid: {"path":"/retried","status":200,"upstream_status":"503, 200","upstream_time":0.00N, 0.00N}
valid: {"path":"/plain","status":200,"upstream_status":"200","upstream_time":0.00N}
invalid: {"path":"/own","status":200,"upstream_status":"","upstream_time":}
E
node server.mjs & for _ in $(seq 300); do [ -s server.pid ] && break; sleep 0.1; done
nginx -p "$dir" -c nginx.conf 2>/dev/null
for path in retried plain own; do curl -fs --retry 20 --retry-delay 1 --retry-connrefused -o /dev/null "http://127.0.0.1:19453/$path"; done
for _ in $(seq 100); do [ "$(wc -l < access.log)" -ge 3 ] && break; sleep 0.1; done
node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: nginx logs otherwise than noted"; exit 1; }
