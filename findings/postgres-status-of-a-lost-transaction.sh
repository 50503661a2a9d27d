#!/usr/bin/env bash
# Software: PostgreSQL 15.20 (Debian postgresql-15 15.20-0+deb12u1), default settings, fsync on.
# Expected: pg_xact_status tells a client that lost its connection during COMMIT whether the transaction was committed, which is what it is documented for: 'committed' means that what
#           it wrote is there.
# Happens:  the id of a transaction is not durable before something that was written after it is. When the server crashes before that, the id is given again to the next one that writes. So of a
#           transaction that was lost with the crash the status is at first an error (it lies in the future), and from then on 'committed', because another one was.
# Matters:  a writer that numbers its rows by itself, asks after a crash whether its last batch is there, and goes on behind it, leaves a gap, and tells its readers of rows that nobody has. Only
#           what was to be written answers that: a row of it, read under a lock that keeps other writers away.
set -euo pipefail
dir=$(mktemp -d); stop() { [ ! -f "$dir/data/postmaster.pid" ] || control -m immediate stop; rm -rf "$dir"; }
bin=/usr/lib/postgresql/15/bin; trap stop EXIT; cd "$dir"
dpkg -s postgresql-15 >/dev/null 2>&1 || apt-get install -y --no-install-recommends postgresql-15 >/dev/null
version=$(dpkg-query -W -f '${Version}' postgresql-15)
[ "$version" = 15.20-0+deb12u1 ] || { echo "postgresql-15 is $version, this was seen on 15.20-0+deb12u1"; exit 1; }
control() { runuser -u postgres -- "$bin/pg_ctl" -D "$dir/data" -o "-k '$dir' -c listen_addresses=" -l "$dir/log" -w "$@" >/dev/null; }
ask() { "$bin/psql" -h "$dir" -U postgres -X -q -A -t "$@" 2>&1; }

cat > expected <<'E'
the server crashes within a transaction of one row
asked at once: ERROR:  transaction ID N is in the future
rows of it: 0
somebody else writes a row, with the same id: true
asked again: committed
rows of it: 0
E
chown postgres "$dir"
runuser -u postgres -- "$bin/initdb" -D "$dir/data" -A trust >/dev/null
control start
ask -c 'create table changes(number bigint primary key, writer text)' -c 'create table others(id bigint)'
mkfifo statements answers
ask < statements > answers & exec 3> statements 4< answers
echo "begin; insert into changes values (1, 'leader'); select pg_current_xact_id();" >&3
read -r id <&4
{
    echo 'the server crashes within a transaction of one row'
    control -m immediate stop; control start
    echo "asked at once: $(ask -c "select pg_xact_status('$id')" | head -1 | sed "s/$id/N/")"
    echo "rows of it: $(ask -c 'select count(*) from changes')"
    echo "somebody else writes a row, with the same id: $(ask -c "insert into others values (pg_current_xact_id()::text::bigint) returning (id = $id)::text")"
    echo "asked again: $(ask -c "select pg_xact_status('$id')")"
    echo "rows of it: $(ask -c 'select count(*) from changes')"
} > seen
cat seen
diff expected seen || { echo "CHANGED: the status of a lost transaction is otherwise than noted"; exit 1; }
