#!/usr/bin/env bash
# Software: RRDtool 1.7.2 (Debian rrdtool 1.7.2-4+b8), the store behind many older monitors of devices.
# Expected: an archive of maxima holds the greatest value that was written; a count of runs is a whole number; a counter that falls has started anew, as for Prometheus; a gap of one
#           update is a gap.
# Happens:  each value is spread over the step first, so that of 0, 3, 0, 3 at 17 seconds past each minute the maximum is 2.15 and a count is 0.85; only updates exactly on the step are
#           kept as they are. A counter that goes from 70 to 5 after a restart is taken for one of 32 bits that ran over: 72 million per second; DERIVE with a minimum of 0 leaves it
#           out. An update that comes late fills the whole time since the last one, backwards, with its value.
# Matters:  alarms and charts over such a store: three parallel runs never show as three, so "at most 2" looks kept; the restart of an agent is the highest peak of the year and
#           flattens all others.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=UTC LC_ALL=C
dpkg -s rrdtool >/dev/null 2>&1 || apt-get install -y --no-install-recommends rrdtool >/dev/null
version=$(dpkg-query -W -f '${Version}' rrdtool)
[ "$version" = 1.7.2-4+b8 ] || { echo "rrdtool is $version, this was seen on 1.7.2-4+b8"; exit 1; }

start=1767225600
write() {
    local name=$1 kind=$2 second=$3 minute=1 value; shift 3
    rrdtool create "$name.rrd" --start $start --step 60 "DS:value:$kind:180:0:U" RRA:MAX:0.5:1:20
    for value in "$@"; do [ "$value" = - ] || rrdtool update "$name.rrd" "$((start + minute * 60 + second)):$value"; minute=$((minute + 1)); done
    echo "$kind, at $second s past the minute, written $*: maxima $(rrdtool fetch "$name.rrd" MAX -s $((start + 60)) -e $((start + 60 * (minute - 1))) | awk '/^[0-9]/ && $2 !~ /nan/ { printf "%s%.2f", sep, $2; sep = ", " }')"
}
cat > expected <<'E'
GAUGE, at 17 s past the minute, written 0 3 0 3 0 3: maxima 2.15, 0.85, 2.15, 0.85, 2.15
GAUGE, at 0 s past the minute, written 0 3 0 3 0 3: maxima 3.00, 0.00, 3.00, 0.00, 3.00
COUNTER, at 0 s past the minute, written 10 40 70 5 35: maxima 0.50, 0.50, 71582787.17, 0.50
DERIVE, at 0 s past the minute, written 10 40 70 5 35: maxima 0.50, 0.50, 0.50
GAUGE, at 0 s past the minute, written 1 1 - 9 1: maxima 1.00, 9.00, 9.00, 1.00
E
{
    write offset GAUGE 17 0 3 0 3 0 3
    write exact GAUGE 0 0 3 0 3 0 3
    write restart COUNTER 0 10 40 70 5 35
    write derived DERIVE 0 10 40 70 5 35
    write late GAUGE 0 1 1 - 9 1
} > seen
cat seen
diff expected seen || { echo "CHANGED: values are kept otherwise than noted"; exit 1; }
