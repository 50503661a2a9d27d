#!/usr/bin/env bash
# Software: PostgreSQL 15.20 (Debian postgresql-15 15.20-0+deb12u1) with its settings as installed.
# Expected: compiling queries (jit) is for long ones: it pays from a cost of 100,000 on. A history of three steps that is read along its links, each by a primary key, is no such query, and the
#           same question asked again and again by one connection is compiled once at most.
# Happens:  each partition that was not analyzed counts with a guess, and a recursive part with ten times its rows: over a year of daily partitions the planner expects more than a million rows of a
#           chain of three. So the query is compiled, with all optimizations, and at the third execution of a prepared statement again: thousands of functions for three rows. Without partitions it is not.
# Matters:  that is seconds for a history that is read in less than a millisecond; a client with a short patience sees timeouts that begin one day, with the number of partitions. "jit = off" for
#           the sessions of such a program ends it.
set -euo pipefail
dir=$(mktemp -d); stop() { [ ! -f "$dir/data/postmaster.pid" ] || runuser -u postgres -- "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null; rm -rf "$dir"; }
bin=/usr/lib/postgresql/15/bin; trap stop EXIT; cd "$dir"
dpkg -s postgresql-15 >/dev/null 2>&1 || apt-get install -y --no-install-recommends postgresql-15 >/dev/null
version=$(dpkg-query -W -f '${Version}' postgresql-15)
[ "$version" = 15.20-0+deb12u1 ] || { echo "postgresql-15 is $version, this was seen on 15.20-0+deb12u1"; exit 1; }

cat > tables.sql <<'E'
create table names(key bigint primary key, text text not null);
insert into names select i, 'name ' || i from generate_series(1, 5) i;
create table steps_plain(seq bigint primary key, prev bigint not null, old bigint, new bigint, job bigint, node bigint);
insert into steps_plain values (1, 0, 1, 2, 3, 4), (2, 1, 2, 3, 3, 4), (3, 2, 3, 4, 3, 4);
create table steps_parts(like steps_plain, primary key (seq)) partition by range (seq);
select format('create table steps_parts_%s partition of steps_parts for values from (%s) to (%s)', i, i * 1000, (i + 1) * 1000) from generate_series(0, 364) i \gexec
insert into steps_parts select * from steps_plain;
E
cat > query.sql <<'E'
prepare history(bigint) as
with recursive chain(number) as (select $1 union all select prev from chain join :steps on seq = number where prev > 0)
select seq, o.text, n.text, j.text, m.text from chain join :steps on seq = number
left join names o on o.key = old left join names n on n.key = new left join names j on j.key = job left join names m on m.key = node
order by seq;
\o /dev/null
execute history(3); execute history(3);
\o
explain (analyze, timing off, format json) execute history(3);
E
cat > expected <<'E'
steps_plain: 3 rows; expected below 100,000; not compiled
steps_parts: 3 rows; expected millions; compiled at the third execution, optimized: true; more than 1,000 functions
E
chmod 755 .; mkdir data; chown postgres data
runuser -u postgres -- "$bin/initdb" -D data -A trust --no-sync >/dev/null
echo "unix_socket_directories = '$dir/data'
listen_addresses = ''" >> data/postgresql.conf
runuser -u postgres -- "$bin/pg_ctl" -D data -l data/log -w start >/dev/null
ask() { runuser -u postgres -- psql -h "$dir/data" -qAtX -v ON_ERROR_STOP=1 "$@" postgres; }
ask < tables.sql
for steps in steps_plain steps_parts; do
  ask -v "steps=$steps" < query.sql > plan.json
  python3 - "$steps" plan.json <<'E'
import json, sys
answer = json.load(open(sys.argv[2]))[0]
plan, jit = answer['Plan'], answer.get('JIT')
rows = plan['Plan Rows']
size = 'expected below 100,000' if rows < 100_000 else 'expected millions' if rows >= 1_000_000 else 'expected 100,000 or more'
print(f"{sys.argv[1]}: {plan['Actual Rows']} rows; {size}; " + ('not compiled' if jit is None else f"compiled at the third execution, optimized: {str(jit['Options']['Optimization']).lower()}; {'more than 1,000' if jit['Functions'] > 1000 else 'few'} functions"))
print(f"  {rows} rows, cost {plan['Total Cost']}, {jit and jit['Functions']} functions, {answer['Execution Time']} ms", file=sys.stderr)
E
done > seen
cat seen
diff expected seen || { echo "CHANGED: PostgreSQL compiles other queries than noted"; exit 1; }
