#!/usr/bin/env bash
# Software: chrono-node 2.10.3 (npm), asked on Sunday 2026-11-29 12:00 UTC.
# Expected: "since monday" begins in the past, "last 24 hours" and "last week" are spans with an end, a day without a time begins at midnight, 1M is a month.
# Happens:  "since monday" is tomorrow, and so is "monday", though "friday" is two days ago. "last 24 hours" and "last week" are single moments. A day without
#           a time is at 12:00. "1M ago" is a minute ago, "1d" and "week 48" are nothing, and a verb such as "may" makes a date of what is not one.
# Matters:  a search box that takes such words shows an empty future for "since monday", and only half of the day for "yesterday".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=UTC
cat > read.mjs <<'E'
import * as chrono from 'chrono-node';
const now = { instant: new Date('2026-11-29T12:00:00Z'), timezone: 'UTC' };
const minute = date => date.toISOString().slice(0, 16);
for (const words of ['monday', 'since monday', 'friday', 'since friday', 'last week', 'last 24 hours', 'yesterday', 'this month', '1M ago', '1 month ago', '1d', 'week 48', '3 may have failed']) {
  const found = chrono.parse(words, now).map(part => `${minute(part.start.date())}${part.end ? ` to ${minute(part.end.date())}` : ''}`);
  console.log(`${words}: ${found.join(', ') || 'nothing'}`);
}
E
cat > expected <<'E'
monday: 2026-11-30T12:00
since monday: 2026-11-30T12:00
friday: 2026-11-27T12:00
since friday: 2026-11-27T12:00
last week: 2026-11-22T12:00
last 24 hours: 2026-11-28T12:00
yesterday: 2026-11-28T12:00
this month: 2026-11-01T12:00
1M ago: 2026-11-29T11:59
1 month ago: 2026-10-29T12:00
1d: nothing
week 48: nothing
3 may have failed: 2027-05-03T12:00
E
npm install --silent --no-audit --no-fund chrono-node@2.10.3 >/dev/null
node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: chrono-node reads otherwise than noted"; exit 1; }
