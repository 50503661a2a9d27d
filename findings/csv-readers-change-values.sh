#!/usr/bin/env bash
# Software: csv-parse 7.0.3 and csvtojson 2.0.14 (npm), csvkit 1.0.7 (Debian csvkit 1.0.7-1).
# Expected: a reader that guesses types turns what is a number into that number and leaves the rest as text; a name of a column is a name.
# Happens:  csv-parse with cast reads 0xff and 0b101 as 0. csvkit turns counts of 0 and 1 into false and true, the text "none" into null, 5m into 0:05:00,
#           and an id like 12e4567 into a bare Infinity, which is no JSON. csvtojson cuts names at their dots without being asked: app.kubernetes.io/name
#           becomes an object in an object, and of the labels "site" and "site.rack" the first is lost.
# Matters:  the export of a fleet is read by whatever the next team has: replicas, flags, delays and labels arrive as other values, without an error.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s csvkit >/dev/null 2>&1 || apt-get install -y --no-install-recommends csvkit >/dev/null
version=$(dpkg-query -W -f '${Version}' csvkit)
[ "$version" = 1.0.7-1 ] || { echo "csvkit is $version, this was seen on 1.0.7-1"; exit 1; }

printf 'flags,replicas,failure,delay,id\n0xff,1,none,5m,12e4567\n0b101,0,disk,90s,98e7654\n' > nodes.csv
cat > read.mjs <<'E'
import fs from 'fs';
import csvtojson from 'csvtojson';
import { parse } from 'csv-parse/sync';
console.log('csv-parse', JSON.stringify(parse(fs.readFileSync('nodes.csv'), { columns: true, cast: true })));
console.log('csvtojson', JSON.stringify(await csvtojson().fromString('app.kubernetes.io/name,site,site.rack\ningest,eu,r1\n')));
E
cat > expected <<'E'
csv-parse [{"flags":0,"replicas":1,"failure":"none","delay":"5m","id":"12e4567"},{"flags":0,"replicas":0,"failure":"disk","delay":"90s","id":"98e7654"}]
csvtojson [{"app":{"kubernetes":{"io/name":"ingest"}},"site":{"rack":"r1"}}]
csvkit [{"flags": "0xff", "replicas": true, "failure": null, "delay": "0:05:00", "id": Infinity}, {"flags": "0b101", "replicas": false, "failure": "disk", "delay": "0:01:30", "id": Infinity}]
E
npm install --silent --no-audit --no-fund csv-parse@7.0.3 csvtojson@2.0.14 >/dev/null
{ node read.mjs; echo "csvkit $(csvjson nodes.csv)"; } > seen
cat seen
diff expected seen || { echo "CHANGED: the readers answer otherwise than noted"; exit 1; }
