#!/usr/bin/env bash
# Software: date of GNU coreutils 9.1 (Debian 12), option -d.
# Expected: "2026-11-29 12:00 -2 hours" is 10:00, "12:00 +1 day" is noon of the next day, and a zone UTC-5 is five hours behind.
# Happens:  a sign behind a time of day is the zone of that time, and what is left is "hours", one of them: -2 hours is three hours later, +1 day is 11:00 of the next
#           day. With the zone written first, or with "2 hours ago", it is as asked. A month after 31 March is 1 May, and two months after 31 December 3 March. TZ=UTC-5
#           lies five hours ahead, as POSIX has it, but "12:00 UTC-5" is five hours behind.
# Matters:  a script that takes "from two hours before the failure" collects the hour that has not come yet, and ends without an error.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
date --version | grep -q 'coreutils) 9.1$' || { date --version | head -1; echo "this was seen on 9.1"; exit 1; }
for text in '2026-11-29 12:00 -2 hours' '2026-11-29 12:00 - 2 hours' '2026-11-29 12:00 2 hours ago' '2026-11-29 12:00Z -2 hours' '2026-11-29 12:00 +1 day' '2026-11-29 12:00 1 day' \
    '2026-11-29 +1 day' '2026-03-31 1 month' '2026-12-31 2 months' '2026-11-29 12:00 UTC-5'; do
    echo "$text: $(LC_ALL=C date -u -d "$text" '+%F %H:%M')"
done > seen
echo "TZ=UTC-5: noon UTC is $(LC_ALL=C TZ=UTC-5 date -d '2026-11-29 12:00Z' '+%H:%M %z')" >> seen
cat seen
cat > expected <<'E'
2026-11-29 12:00 -2 hours: 2026-11-29 15:00
2026-11-29 12:00 - 2 hours: 2026-11-29 15:00
2026-11-29 12:00 2 hours ago: 2026-11-29 10:00
2026-11-29 12:00Z -2 hours: 2026-11-29 10:00
2026-11-29 12:00 +1 day: 2026-11-30 11:00
2026-11-29 12:00 1 day: 2026-11-30 12:00
2026-11-29 +1 day: 2026-11-30 00:00
2026-03-31 1 month: 2026-05-01 00:00
2026-12-31 2 months: 2027-03-03 00:00
2026-11-29 12:00 UTC-5: 2026-11-29 17:00
TZ=UTC-5: noon UTC is 17:00 +0500
E
diff expected seen || { echo "CHANGED: date reads texts otherwise than noted"; exit 1; }
