#!/usr/bin/env bash
# Software: jc 1.22.5 (Debian jc 1.22.5-1), which makes JSON of the output of commands.
# Expected: a size with a unit is a number of bytes, or stays a text; a number is a number in any locale.
# Happens:  the unit is cut off and what is left is cut to a whole number: of "free -h" 15Gi is 15 and 300Mi is 300, of "du -h" 1.5G is 1 and 20M is 20, in "ls -lh" the
#           same. "df -h" has both: the size stays the text 1.5T, what is used and free are 900 and 1. Loads of "uptime" in a locale with a comma are a hundred times
#           higher: 0,52 is 52.
# Matters:  a panel of free memory sorts 300 MiB above 15 GiB, and an alert for a load above 20 rings on each idle node that was set up in German.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s jc >/dev/null 2>&1 || apt-get install -y --no-install-recommends jc >/dev/null
version=$(dpkg-query -W -f '${Version}' jc)
[ "$version" = 1.22.5-1 ] || { echo "jc is $version, this was seen on 1.22.5-1"; exit 1; }
{
    printf 'Filesystem      Size  Used Avail Use%% Mounted on\n/dev/sda1       1.5T  900G  1.5M  60%% /\n' | jc --df
    printf '               total        used        free      shared  buff/cache   available\nMem:            15Gi       3.1Gi       300Mi       300Mi       4.2Gi        12Gi\n' | jc --free
    printf '1.5G\t/var\n20M\t/tmp\n' | jc --du
    printf 'total 8\n-rw-r--r-- 1 root root 1.5K Nov 29 10:00 a.log\n-rw-r--r-- 1 root root 20M Nov 29 10:00 b.log\n' | jc --ls
    printf ' 10:00:00 up 5 min,  2 users,  load average: 0,52, 0,58, 0,59\n' | jc --uptime
} > seen
cat seen
cat > expected <<'E'
[{"filesystem":"/dev/sda1","size":"1.5T","used":900,"mounted_on":"/","available":1,"use_percent":60}]
[{"type":"Mem","total":15,"used":3,"free":300,"shared":300,"buff_cache":4,"available":12}]
[{"size":1,"name":"/var"},{"size":20,"name":"/tmp"}]
[{"filename":"a.log","flags":"-rw-r--r--","links":1,"owner":"root","group":"root","size":1,"date":"Nov 29 10:00"},{"filename":"b.log","flags":"-rw-r--r--","links":1,"owner":"root","group":"root","size":20,"date":"Nov 29 10:00"}]
{"time":"10:00:00","uptime":"5 min","users":2,"load_1m":52.0,"load_5m":58.0,"load_15m":59.0,"time_hour":10,"time_minute":0,"time_second":0,"uptime_days":0,"uptime_hours":0,"uptime_minutes":5,"uptime_total_seconds":300}
E
diff expected seen || { echo "CHANGED: jc converts otherwise than noted"; exit 1; }
