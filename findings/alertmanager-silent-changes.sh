#!/usr/bin/env bash
# Software: Alertmanager 0.25.0 (Debian prometheus-alertmanager 0.25.0-1+b4), a receiver with resolved notices, group_interval of 6 s.
# Expected: who is notified of an alert hears of what happens to it: of a text that has changed, of an end and a new begin, and at its end of which one it was.
# Happens:  a new text is not sent before repeat_interval, four hours by default. An alert that ends and begins again within group_interval is silent, but its start has moved:
#           the notice of its end names a start that no one was told. An end that is sent with the labels alone takes the texts out of that notice.
#           And an alert with an end and no start begins when it ends.
# Matters:  "disk 80 % full" stays so in the chat at 99 %; a receiver that pairs begin and end by their times never closes the first; the resolved notice is an empty message.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat alertmanager.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s prometheus-alertmanager >/dev/null 2>&1 || apt-get install -y --no-install-recommends prometheus-alertmanager >/dev/null
version=$(dpkg-query -W -f '${Version}' prometheus-alertmanager)
[ "$version" = 0.25.0-1+b4 ] || { echo "prometheus-alertmanager is $version, this was seen on 0.25.0-1+b4"; exit 1; }

cat > settings.yml <<'E'
route: {receiver: hook, group_by: [node], group_wait: 0s, group_interval: 6s}
receivers:
- name: hook
  webhook_configs: [{url: 'http://127.0.0.1:19396/', send_resolved: true}]
E
prometheus-alertmanager --config.file=settings.yml --storage.path=data --web.listen-address=127.0.0.1:19395 --cluster.listen-address= 2>log &
echo $! > alertmanager.pid
curl -fs --retry 30 --retry-delay 1 --retry-connrefused -o /dev/null http://127.0.0.1:19395/-/ready
cat > watch.mjs <<'E'
import http from 'http';
const notices = [];
const receiver = http.createServer(async (request, answer) => {
  let body = '';
  for await (const part of request) body += part;
  notices.push(...JSON.parse(body).alerts);
  answer.end();
}).listen(19396, '127.0.0.1');
const api = 'http://127.0.0.1:19395/api/v2/alerts';
const post = async alert => fetch(api, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([{ labels: { alertname: 'DiskFull', node: 'edge-1' }, ...alert }]) });
const seconds = count => new Promise(done => setTimeout(done, count * 1000));
const ended = () => new Date(Date.now() - 1).toISOString();
const step = async (name, act, wait) => {
  notices.length = 0;
  await act();
  await seconds(wait);
  console.log(`${name}: ${notices.map(n => `${n.status}, text ${n.annotations.summary ?? 'none'}, start ${n.startsAt === first ? 'as told' : first ? 'another' : 'new'}`).join('; ') || 'no notice'}`);
  first ??= notices[0]?.startsAt;
};
let first;
await step('begin at 80 %', () => post({ annotations: { summary: '80 %' } }), 1);
await step('text is 99 % now', () => post({ annotations: { summary: '99 %' } }), 7);
await step('ends and begins again', async () => { await post({ endsAt: ended() }); await post({ annotations: { summary: '99 %' } }); }, 7);
await step('end with the labels alone', () => post({ endsAt: ended() }), 7);
await post({ labels: { alertname: 'DiskFull', node: 'edge-2' }, endsAt: new Date(Date.now() + 3_600_000).toISOString() });
const [other] = (await (await fetch(api)).json()).filter(alert => alert.labels.node === 'edge-2');
console.log(`end in an hour, no start: it starts ${other.startsAt === other.endsAt ? 'at its end' : 'before'}`);
receiver.close();
receiver.closeAllConnections();
E
cat > expected <<'E'
begin at 80 %: firing, text 80 %, start new
text is 99 % now: no notice
ends and begins again: no notice
end with the labels alone: resolved, text none, start another
end in an hour, no start: it starts at its end
E
node watch.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: Alertmanager notifies otherwise than noted"; exit 1; }
