#!/usr/bin/env bash
# Software: Caddy 2.6.2 (Debian caddy 2.6.2-5) beside nginx 1.22 (Debian), ws 8.23.0 (npm) as client and server.
# Expected: loading the settings of a proxy anew keeps open connections, as nginx and HAProxy do: the old workers go on until their clients leave.
# Happens:  Caddy closes each WebSocket. The browser's side gets 1001 "going away"; to the server behind it, it sends the close frame unmasked,
#           which is against the protocol, so that side sees an error instead of a close.
# Matters:  every change of any site's settings throws all viewers off at once: they reconnect and load their state in the same second,
#           and the log of the dashboard fills with errors of its clients.
set -euo pipefail
dir=$(mktemp -d); trap 'kill ${caddy:-} ${server:-} 2>/dev/null || true; nginx -c "$dir/nginx.conf" -p "$dir" -s stop 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"; export XDG_DATA_HOME=$dir XDG_CONFIG_HOME=$dir
command -v caddy >/dev/null || apt-get install -y --no-install-recommends caddy >/dev/null
command -v nginx >/dev/null || apt-get install -y --no-install-recommends nginx-light >/dev/null
version=$(dpkg-query -W -f '${Version}' caddy)
[ "$version" = 2.6.2-5 ] || { echo "caddy is $version, this was seen on 2.6.2-5"; exit 1; }
nginx -v 2>&1 | grep -q 1.22 || { echo "$(nginx -v 2>&1), this was seen on 1.22"; exit 1; }
npm install --silent --no-audit --no-fund ws@8.23.0 >/dev/null

cat > server.cjs <<'E'
const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 19200, host: '127.0.0.1' }).on('connection', socket => socket
  .on('error', e => console.log('the server sees:', e.message))
  .on('message', m => socket.send(String(m))));
E
cat > client.cjs <<'E'
const WebSocket = require('ws');
const [, , name, port, reload] = process.argv;
const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
socket.on('close', code => { console.log(`${name}: closed with ${code}`); process.exit(); });
socket.on('message', () => { console.log(`${name}: still open`); process.exit(); });
socket.on('open', () => setTimeout(() => {
  require('child_process').execSync(reload, { stdio: 'ignore' });
  setTimeout(() => socket.send('there?'), 2000);
}, 500));
E
cat > Caddyfile <<'E'
{
    admin 127.0.0.1:19201
    auto_https off
}
http://127.0.0.1:19202 {
    reverse_proxy 127.0.0.1:19200
}
E
cat > nginx.conf <<E
pid $dir/nginx.pid; error_log $dir/error.log; events {}
http { access_log off; client_body_temp_path $dir/t1; proxy_temp_path $dir/t2; fastcgi_temp_path $dir/t3; uwsgi_temp_path $dir/t4; scgi_temp_path $dir/t5;
    server { listen 127.0.0.1:19203; location / { proxy_pass http://127.0.0.1:19200; proxy_http_version 1.1;
        proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection upgrade; } } }
E
node server.cjs > server.log & server=$!
caddy run --config Caddyfile 2>/dev/null & caddy=$!
nginx -c "$dir/nginx.conf" -p "$dir" 2>/dev/null
sleep 3
{
    node client.cjs nginx 19203 "nginx -c $dir/nginx.conf -p $dir -s reload"
    sed -i 's/reverse_proxy/header X-Changed yes\n    reverse_proxy/' Caddyfile
    node client.cjs caddy 19202 'caddy reload --config Caddyfile --address 127.0.0.1:19201'
    sleep 1
    cat server.log
} > seen
cat seen
cat > expected <<'E'
nginx: still open
caddy: closed with 1001
the server sees: Invalid WebSocket frame: MASK must be set
E
diff expected seen || { echo "CHANGED: the proxies do otherwise than noted"; exit 1; }
