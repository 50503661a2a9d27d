#!/usr/bin/env bash
# Software: PostgreSQL 15.20 (Debian postgresql-15 15.20-0+deb12u1), a table of runs that is partitioned by their state.
# Expected: a trigger on the table names the table; a run that changes its state is an UPDATE; statistics of the table speak of all its rows; a row in is a row that the table's
#           triggers see.
# Happens:  TG_TABLE_NAME is the partition's name, so pg_notify(TG_TABLE_NAME, ...) goes to a channel to which nobody listens. A change that moves a row to another partition is a
#           DELETE and an INSERT for triggers on rows, and an UPDATE for those on statements. What is written to a partition directly runs no statement trigger of the table. Size, live
#           rows and the estimate of the table are those of nothing.
# Matters:  a live view fed by NOTIFY is silent after the table was partitioned, or shows each run that ends as deleted and started anew; "about n rows", taken from the statistics to
#           be fast, says none. All of it works in the tests, where the table has no partitions.
set -euo pipefail
dir=$(mktemp -d); stop() { [ ! -f "$dir/data/postmaster.pid" ] || runuser -u postgres -- "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null; rm -rf "$dir"; }
bin=/usr/lib/postgresql/15/bin; trap stop EXIT; cd "$dir"
dpkg -s postgresql-15 >/dev/null 2>&1 || apt-get install -y --no-install-recommends postgresql-15 >/dev/null
version=$(dpkg-query -W -f '${Version}' postgresql-15)
[ "$version" = 15.20-0+deb12u1 ] || { echo "postgresql-15 is $version, this was seen on 15.20-0+deb12u1"; exit 1; }

cat > runs.sql <<'E'
create table runs(id int, state text) partition by list(state);
create table runs_active partition of runs for values in ('pending', 'running');
create table runs_ended partition of runs for values in ('completed', 'failed');
create function tell() returns trigger language plpgsql as $$
begin
    raise notice '  each %: % on %', lower(tg_level), tg_op, tg_table_name;
    perform pg_notify(tg_table_name, tg_op);
    return null;
end $$;
create trigger each_row after insert or update or delete on runs for each row execute function tell();
create trigger each_statement after insert or update or delete on runs for each statement execute function tell();
listen runs;
listen runs_ended;
\echo a run starts
insert into runs values (1, 'running');
\echo it fails
update runs set state = 'failed' where id = 1;
\echo a run is written to its partition
insert into runs_ended values (2, 'completed');
E
cat > statistics.sql <<'E'
select '  ' || relname || ': ' || (pg_relation_size(oid) > 0)::text || ' that it has a size, ' || (reltuples > 0)::text || ' that it is thought to have rows, ' || (pg_stat_get_live_tuples(oid) > 0)::text || ' that some are live'
from pg_class where relname in ('runs', 'runs_ended') order by relname;
E
cat > expected <<'E'
a run starts
  each row: INSERT on runs_active
  each statement: INSERT on runs
Asynchronous notification "runs" with payload "INSERT".
it fails
  each row: DELETE on runs_active
  each row: INSERT on runs_ended
  each statement: UPDATE on runs
Asynchronous notification "runs_ended" with payload "INSERT".
Asynchronous notification "runs" with payload "UPDATE".
a run is written to its partition
  each row: INSERT on runs_ended
Asynchronous notification "runs_ended" with payload "INSERT".
statistics
  runs: false that it has a size, false that it is thought to have rows, false that some are live
  runs_ended: true that it has a size, true that it is thought to have rows, true that some are live
E
chown postgres "$dir"
runuser -u postgres -- "$bin/initdb" -D "$dir/data" -A trust >/dev/null
runuser -u postgres -- "$bin/pg_ctl" -D "$dir/data" -o "-k '$dir' -c listen_addresses=" -l "$dir/log" -w start >/dev/null
ask() { "$bin/psql" -h "$dir" -U postgres -X -q -A -t "$@" 2>&1; }
{
    ask -f runs.sql | sed -E 's/^psql:[^ ]+ NOTICE:  //; s/ received from server process with PID [0-9]+//'
    ask -c 'alter table runs disable trigger all' -c 'alter table runs_ended disable trigger all' -c "insert into runs_ended select id, 'completed' from generate_series(3, 1000) id" -c 'analyze runs_ended'
    echo 'statistics'; ask -f statistics.sql
} > seen
cat seen
diff expected seen || { echo "CHANGED: partitions behave otherwise than noted"; exit 1; }
