#!/usr/bin/env bash
# Software: PostgreSQL 15.20 (Debian postgresql-15 15.20-0+deb12u1), full text search with the configurations "simple" and "english".
# Expected: the search that finds "press" in "line 1 press" finds the node edge-1 by "1", host names by a part of them, and versions by their beginning.
# Happens:  the 1 of edge-1 is the number -1, so neither "1" nor "edge 1" finds it, though "edge_1" is found. A host name, a path, an address and a version are one word each:
#           neither the site nor 2.1 is found in them. In English the node it-1 is not found by "it", and websearch reads "edge -1" as "edge without 1".
# Matters:  a search box over nodes seems to work, with names of words, and finds nothing for the names that machines have.
set -euo pipefail
dir=$(mktemp -d); stop() { [ ! -f "$dir/data/postmaster.pid" ] || runuser -u postgres -- "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null; rm -rf "$dir"; }
bin=/usr/lib/postgresql/15/bin; trap stop EXIT; cd "$dir"
dpkg -s postgresql-15 >/dev/null 2>&1 || apt-get install -y --no-install-recommends postgresql-15 >/dev/null
version=$(dpkg-query -W -f '${Version}' postgresql-15)
[ "$version" = 15.20-0+deb12u1 ] || { echo "postgresql-15 is $version, this was seen on 15.20-0+deb12u1"; exit 1; }

cat > search.sql <<'E'
create table nodes(name text);
insert into nodes values ('edge-1'), ('edge_1'), ('line 1 press'), ('edge1.berlin.example'), ('berlin/hall/1'), ('10.0.0.5'), ('agent v2.1.0'), ('it-1');
select format('words of %s: %s', name, to_tsvector('simple', name)) from nodes;
select format('simple, "%s" finds: %s', query, coalesce(string_agg(name, ', ' order by name), 'nothing'))
from unnest(array['edge', '1', 'edge 1', 'edge-1', 'berlin', '10.0', 'v2.1', 'it']) with ordinality as asked(query, place)
left join nodes on to_tsvector('simple', name) @@ plainto_tsquery('simple', query) group by query, place order by place;
select format('english, "it" finds: %s', coalesce(string_agg(name, ', '), 'nothing')) from nodes where to_tsvector('english', name) @@ plainto_tsquery('english', 'it');
select format('websearch reads "edge -1" as: %s', websearch_to_tsquery('simple', 'edge -1'));
E
cat > expected <<'E'
words of edge-1: '-1':2 'edge':1
words of edge_1: '1':2 'edge':1
words of line 1 press: '1':2 'line':1 'press':3
words of edge1.berlin.example: 'edge1.berlin.example':1
words of berlin/hall/1: 'berlin/hall/1':1
words of 10.0.0.5: '10.0.0.5':1
words of agent v2.1.0: 'agent':1 'v2.1.0':2
words of it-1: '-1':2 'it':1
simple, "edge" finds: edge-1, edge_1
simple, "1" finds: edge_1, line 1 press
simple, "edge 1" finds: edge_1
simple, "edge-1" finds: edge-1
simple, "berlin" finds: nothing
simple, "10.0" finds: nothing
simple, "v2.1" finds: nothing
simple, "it" finds: it-1
english, "it" finds: nothing
websearch reads "edge -1" as: 'edge' & !'1'
E
chmod 755 . && mkdir data && chown postgres data
runuser -u postgres -- "$bin/initdb" -D data -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
runuser -u postgres -- "$bin/pg_ctl" -D data -o "-p 15440 -c unix_socket_directories='' -c listen_addresses=127.0.0.1" -l data/log -w start >/dev/null
PGOPTIONS='-c client_min_messages=error' psql -h 127.0.0.1 -p 15440 -U postgres -v ON_ERROR_STOP=1 -qAt -f search.sql > seen
cat seen
diff expected seen || { echo "CHANGED: PostgreSQL searches otherwise than noted"; exit 1; }
