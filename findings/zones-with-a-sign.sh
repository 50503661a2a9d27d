#!/usr/bin/env bash
# Software: glibc 2.36, Python 3.11 with dateutil 2.8.2 (Debian 12), Node.js 20, .NET 10.0, Go 1.19, luxon 3.7.2, spacetime 7.15.0 (npm).
# Expected: a zone in the variable TZ is the zone of all programs of a machine; UTC-5 is five hours behind, or five ahead as POSIX has it, but one of the two in one
#           library.
# Happens:  with TZ=UTC-5 C, Python and Node.js are five hours ahead, .NET and Go in UTC. With TZ=<+0530>-5:30, the form for zones without letters that routers and small
#           Linux systems have, Node.js is in UTC, too. As the name of a zone UTC-5 is five hours behind in luxon, spacetime and dateutil; but "12:00 UTC-5" is five hours
#           ahead in dateutil's parser. GMT+3 is behind in spacetime and ahead in dateutil, and EST5EDT in spacetime five hours ahead.
# Matters:  two agents on one device write the same second as times five and a half hours apart, and neither complains of the variable.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOCACHE=$dir/.cache
dpkg -s golang-go python3-dateutil tzdata >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go python3-dateutil tzdata >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-dateutil)
case $version in 2.8.2-*) ;; *) echo "python3-dateutil is $version, this was seen on 2.8.2"; exit 1;; esac
cat > offset.go <<'E'
package main

import ("fmt"; "time")

func main() { fmt.Print(time.Unix(0, 0).Format("-07:00")) }
E
cat > offset.cs <<'E'
#:property PublishAot=false
#:property InvariantGlobalization=true
Console.Write(DateTimeOffset.FromUnixTimeSeconds(0).ToLocalTime().ToString("zzz"));
E
cat > names.mjs <<'E'
import { DateTime } from 'luxon';
import spacetime from 'spacetime';
const noon = '2026-07-01T12:00:00Z';
for (const zone of ['UTC-5', 'GMT+3', 'EST5EDT', 'Etc/GMT-5']) {
  const time = DateTime.fromISO(noon).setZone(zone);
  console.log(`${zone}: luxon ${time.isValid ? time.toFormat('ZZ') : 'refused'}, spacetime ${spacetime(noon).goto(zone).format('{time-24}')} at noon UTC`);
}
E
cat > names.py <<'E'
from datetime import datetime
from dateutil import parser, tz
for zone in ['UTC-5', 'GMT+3', 'EST5EDT', 'Etc/GMT-5']:
    print(f"{zone}: dateutil {datetime(2026, 7, 1, 12, tzinfo=tz.gettz(zone)):%z}")
for text in ['2026-07-01 12:00 UTC-5', '2026-07-01 12:00 GMT+3']:
    print(f'{text}: dateutil {parser.parse(text).isoformat()}')
E
cat > expected <<'E'
TZ=UTC-5: C +05:00, Python +05:00, Node.js 5 h, .NET +00:00, Go +00:00
TZ=<+0530>-5:30: C +05:30, Python +05:30, Node.js 0 h, .NET +00:00, Go +00:00
TZ=Asia/Kolkata: C +05:30, Python +05:30, Node.js 5.5 h, .NET +05:30, Go +05:30
UTC-5: luxon -05:00, spacetime 7:00 at noon UTC
GMT+3: luxon refused, spacetime 9:00 at noon UTC
EST5EDT: luxon -04:00, spacetime 17:00 at noon UTC
Etc/GMT-5: luxon +05:00, spacetime 17:00 at noon UTC
UTC-5: dateutil -0500
GMT+3: dateutil +0300
EST5EDT: dateutil -0400
Etc/GMT-5: dateutil +0500
2026-07-01 12:00 UTC-5: dateutil 2026-07-01T12:00:00+05:00
2026-07-01 12:00 GMT+3: dateutil 2026-07-01T12:00:00-03:00
E
npm install --silent --no-audit --no-fund luxon@3.7.2 spacetime@7.15.0 >/dev/null
go build offset.go
dotnet build offset.cs -o built --nologo -v quiet >/dev/null
{
    for zone in UTC-5 '<+0530>-5:30' Asia/Kolkata; do
        export TZ=$zone
        echo "TZ=$zone: C $(date -d @0 +%:z), Python $(/usr/bin/python3 -c 'from datetime import *; print(datetime.fromtimestamp(0).astimezone().isoformat()[-6:])')," \
            "Node.js $(node -p '0 - new Date(0).getTimezoneOffset() / 60') h, .NET $(dotnet built/offset.dll), Go $(./offset)"
    done
    unset TZ
    node names.mjs
    /usr/bin/python3 names.py
} > seen
cat seen
diff expected seen || { echo "CHANGED: the zones are read otherwise than noted"; exit 1; }
