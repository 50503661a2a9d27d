#!/usr/bin/env bash
# Software: etcd 3.4.23 (Debian etcd-server and etcd-client 3.4.23-4+b4).
# Expected: a lease runs out when its time is over, whatever happens to the server meanwhile; a lease of a second is one of a second; the ids in an answer in JSON survive a reader of
#           JSON.
# Happens:  after a restart all leases have their full time again: one that had ten seconds left has twenty. A lease of 1 s is one of 2 s, as granted, and says so only to who looks.
#           cluster_id and member_id are bare numbers of 64 bits, which JavaScript rounds.
# Matters:  presence kept by leases: nodes that died are shown as present for up to a whole lease more each time that etcd restarts, and a site that loses power loses both at once. Two
#           clusters whose ids differ in the last digits alone are one in a dashboard.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"; export ETCDCTL_API=3
dpkg -s etcd-server etcd-client >/dev/null 2>&1 || apt-get install -y --no-install-recommends etcd-server etcd-client >/dev/null
version=$(dpkg-query -W -f '${Version}' etcd-server)
[ "$version" = 3.4.23-4+b4 ] || { echo "etcd-server is $version, this was seen on 3.4.23-4+b4"; exit 1; }

client=http://127.0.0.1:$((20000 + RANDOM % 10000)); peer=http://127.0.0.1:$((30000 + RANDOM % 2000))
ask() { etcdctl --endpoints="$client" "$@"; }
start() {
    etcd --data-dir data --listen-client-urls "$client" --advertise-client-urls "$client" --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer" 2>>log >>log & server=$!
    until ask get ready >/dev/null 2>&1; do kill -0 $server; sleep 0.2; done
}
left() { ask lease timetolive "$lease" | sed -E 's/.*remaining\(([0-9]+)s\).*/\1/'; }
cat > expected <<'E'
a lease of 1 s: granted with TTL(2s)
a lease of 20 s, ten seconds later: at most 11 s left
after a restart of the server: at least 12 s left
cluster_id has number for a type, and needs 64 bits: true
E
start
{
    echo "a lease of 1 s: $(ask lease grant 1 | sed -E 's/lease \w+ //')"
    lease=$(ask lease grant 20 | awk '{ print $2 }')
    sleep 10
    [ "$(left)" -le 11 ] && echo 'a lease of 20 s, ten seconds later: at most 11 s left'
    kill -9 $server; wait $server 2>/dev/null || true
    start
    [ "$(left)" -ge 12 ] && echo 'after a restart of the server: at least 12 s left'
    ask put key value >/dev/null
    ask get key -w json | node -e 'const text = require("fs").readFileSync(0, "utf8"); const id = /"cluster_id":(\d+)/.exec(text)[1]; console.log(`cluster_id has ${typeof JSON.parse(text).header.cluster_id} for a type, and needs 64 bits: ${BigInt(id) > 2n ** 53n}`)'
} > seen 2>/dev/null
cat seen
diff expected seen || { echo "CHANGED: leases run otherwise than noted"; exit 1; }
