#!/usr/bin/env bash
# Software: Varnish 7.1.1 (Debian varnish 7.1.1-2+deb12u1) with its built-in rules, Node.js 20 as the server behind it.
# Expected: an answer that does not end is not cached: each viewer of an event stream has a stream of his own, which begins when he comes.
# Happens:  without Cache-Control a text/event-stream is cached like a page, while it still runs. The second viewer gets the stream of the first, from its beginning:
#           all past events at once, then the present ones. After its end a third gets all of them as history and no stream at all, for two minutes.
#           With Cache-Control: no-cache each has his own.
# Matters:  old states are shown as changes of this moment, and the server behind sees one viewer where there are many. SignalR sends the header; many servers do not.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat varnish.pid server.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; chmod 755 "$dir"
dpkg -s varnish >/dev/null 2>&1 || apt-get install -y --no-install-recommends varnish >/dev/null
version=$(dpkg-query -W -f '${Version}' varnish)
[ "$version" = 7.1.1-2+deb12u1 ] || { echo "varnish is $version, this was seen on 7.1.1-2+deb12u1"; exit 1; }

cat > server.mjs <<'E'
import http from 'http';
let viewers = 0;
http.createServer((request, response) => {
  const viewer = ++viewers;
  response.writeHead(200, { 'content-type': 'text/event-stream', ...(request.url === '/no-cache' ? { 'cache-control': 'no-cache' } : {}) });
  let event = 0;
  const timer = setInterval(() => {
    response.write(`data: stream ${viewer} event ${++event}\n\n`);
    if (event === 6) response.end();
  }, 500);
  response.on('close', () => clearInterval(timer));
}).listen(19390, '127.0.0.1');
E
node server.mjs & echo $! > server.pid
printf 'vcl 4.1;\nbackend default { .host = "127.0.0.1"; .port = "19390"; }\n' > default.vcl
varnishd -F -a 127.0.0.1:19391 -f "$dir/default.vcl" -n "$dir/state" -s malloc,16m >/dev/null 2>varnish.log & echo $! > varnish.pid
cat > view.mjs <<'E'
for (let tries = 0; ; tries++) {
  try { if ((await fetch('http://127.0.0.1:19391/ready')).ok) break; } catch (e) { if (tries > 50) throw e; }
  await new Promise(r => setTimeout(r, 200));
}
for (const path of ['/cached', '/no-cache']) {
  const view = async (name, started) => {
    const response = await fetch('http://127.0.0.1:19391' + path);
    const texts = [];
    let first;
    for await (const chunk of response.body) {
      texts.push(Buffer.from(chunk).toString());
      first ??= texts.join('').match(/event/g)?.length;
      if (texts.join('').includes('event 3')) started?.();
    }
    const [, stream] = texts.join('').match(/stream (\d+)/);
    return { name, stream, first };
  };
  let first;
  await new Promise(started => { first = view('first', started); });
  const second = view('second');
  const [a, b] = await Promise.all([first, second]);
  const c = await view('third');
  console.log(`${path}: second viewer ${b.stream === a.stream ? 'gets the stream of the first' : 'has a stream of its own'}${b.first > 2 ? ', past events at once' : ''};`,
    `third, after its end, ${c.stream === a.stream ? 'gets the stream of the first' : 'has a stream of its own'}${c.first > 2 ? ', past events at once' : ''}`);
}
E
cat > expected <<'E'
/cached: second viewer gets the stream of the first, past events at once; third, after its end, gets the stream of the first, past events at once
/no-cache: second viewer has a stream of its own; third, after its end, has a stream of its own
E
node view.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: Varnish does otherwise than noted"; exit 1; }
