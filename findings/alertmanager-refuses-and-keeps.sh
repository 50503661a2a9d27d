#!/usr/bin/env bash
# Software: Alertmanager 0.25.0 (Debian prometheus-alertmanager 0.25.0-1+b4), API v2.
# Expected: a list of alerts that is answered by 400 was not taken; a silence that is edited stays the same silence; a time of its start that was accepted is kept.
# Happens:  of a list with one wrong alert the good ones are taken, and the answer is 400 all the same. An edit of the comment or the end keeps the id, one of the
#           matchers ends the silence and answers 200 with the id of a new one. A start in the past becomes now; an alert that starts later than in the
#           default five minutes is refused for an end that nobody gave.
# Matters:  whoever repairs a refused list and sends it again, or takes back all of it, is wrong about what rings; a maintenance window that is edited leaves
#           its owner with an id that has expired.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat alertmanager.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s prometheus-alertmanager >/dev/null 2>&1 || apt-get install -y --no-install-recommends prometheus-alertmanager >/dev/null
version=$(dpkg-query -W -f '${Version}' prometheus-alertmanager)
[ "$version" = 0.25.0-1+b4 ] || { echo "prometheus-alertmanager is $version, this was seen on 0.25.0-1+b4"; exit 1; }

printf 'route:\n  receiver: none\nreceivers:\n- name: none\n' > settings.yml
prometheus-alertmanager --config.file=settings.yml --storage.path=data --web.listen-address=127.0.0.1:19393 --cluster.listen-address= 2>log &
echo $! > alertmanager.pid
curl -fs --retry 30 --retry-delay 1 --retry-connrefused -o /dev/null http://127.0.0.1:19393/-/ready
cat > ask.mjs <<'E'
const api = 'http://127.0.0.1:19393/api/v2';
const get = async path => (await fetch(api + path)).json();
const post = async (path, body) => {
  const answer = await fetch(api + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.text() };
};
const inMinutes = minutes => new Date(Date.now() + minutes * 60_000).toISOString();

const list = await post('/alerts', [{ labels: { alertname: 'NodeDown', node: 'edge-1' } }, { labels: { alertname: 'NodeDown', 'node-name': 'edge-2' } }]);
console.log(`list with one wrong label name: ${list.status}, taken:`, (await get('/alerts')).map(a => a.labels.node).join(' '));
const later = await post('/alerts', [{ labels: { alertname: 'Planned' }, startsAt: inMinutes(60) }]);
console.log(`alert that starts in an hour: ${later.status} ${JSON.parse(later.body)}`);

const silence = { matchers: [{ name: 'node', value: 'edge-1', isRegex: false, isEqual: true }], startsAt: inMinutes(0), endsAt: inMinutes(60), createdBy: 'operator', comment: 'disk' };
const save = async change => JSON.parse((await post('/silences', Object.assign(silence, change))).body).silenceID;
const id = await save({});
for (const [name, change] of [
  ['comment', { comment: 'new disk' }], ['end', { endsAt: inMinutes(120) }],
  ['matchers', { matchers: [{ name: 'node', value: 'edge-2', isRegex: false, isEqual: true }] }]])
  console.log(`edit of the ${name}: id ${await save({ id, ...change }) === id ? 'kept' : 'new'}, the old one is ${(await get('/silence/' + id)).status.state}`);
delete silence.id;
const past = await get('/silence/' + await save({ startsAt: '2026-01-01T00:00:00Z' }));
console.log('start in January:', past.startsAt.startsWith('2026-01-01') ? 'kept' : Math.abs(Date.now() - new Date(past.startsAt)) < 60_000 ? 'now' : past.startsAt);
E
cat > expected <<'E'
list with one wrong label name: 400, taken: edge-1
alert that starts in an hour: 400 start time must be before end time
edit of the comment: id kept, the old one is active
edit of the end: id kept, the old one is active
edit of the matchers: id new, the old one is expired
start in January: now
E
node ask.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: Alertmanager answers otherwise than noted"; exit 1; }
