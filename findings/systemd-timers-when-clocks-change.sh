#!/usr/bin/env bash
# Software: systemd 252 (Debian 12), systemd-analyze calendar, which calculates what OnCalendar= of a timer does.
# Expected: a timer of every half hour runs every half hour; one for 02:30 runs each day; a machine in UTC has no clocks to change.
# Happens:  with a zone in the expression, in the night when clocks go back nothing runs for an hour and a half, although each of these half hours exists, twice by the
#           clock. In the night when they go forward 02:30 is left out. Without a zone, on a machine in UTC, all of them run.
# Matters:  a backup or a report of a site is missing for a day, and a watchdog of 60 minutes raises its alarm once a year.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=UTC LC_ALL=C
command -v systemd-analyze >/dev/null || apt-get install -y --no-install-recommends systemd >/dev/null
systemd-analyze --version | grep -q '^systemd 252 ' || { systemd-analyze --version | head -1; echo "this was seen on systemd 252"; exit 1; }
next() {
    echo "$2 from $1: $(systemd-analyze calendar --base-time="$1" --iterations="$3" "$2" | sed -nE 's/^ *(Next elapse|Iter. #[0-9]+): (never|... [0-9-]+ [0-9:]+).*/\2/p' | sed -E 's/^... [0-9]{4}-//; s/:00$//' | paste -sd, | sed 's/,/, /g') (UTC)"
}
{
    next '2026-10-24 23:20' '*:0/30 Europe/Berlin' 6
    next '2026-10-24 23:20' '*:0/30' 6
    next '2026-10-24 12:00' '02:30 Europe/Berlin' 2
    next '2026-03-28 00:00' '02:30 Europe/Berlin' 3
} > seen
cat seen
cat > expected <<'E'
*:0/30 Europe/Berlin from 2026-10-24 23:20: 10-24 23:30, 10-25 00:00, 10-25 00:30, 10-25 02:00, 10-25 02:30, 10-25 03:00 (UTC)
*:0/30 from 2026-10-24 23:20: 10-24 23:30, 10-25 00:00, 10-25 00:30, 10-25 01:00, 10-25 01:30, 10-25 02:00 (UTC)
02:30 Europe/Berlin from 2026-10-24 12:00: 10-25 00:30, 10-26 01:30 (UTC)
02:30 Europe/Berlin from 2026-03-28 00:00: 03-28 01:30, 03-30 00:30, 03-31 00:30 (UTC)
E
diff expected seen || { echo "CHANGED: systemd calculates otherwise than noted"; exit 1; }
