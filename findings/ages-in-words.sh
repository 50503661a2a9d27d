#!/usr/bin/env bash
# Software: dayjs 1.11.23, date-fns 4.4.0, luxon 3.7.2, timeago.js 4.0.2 and javascript-time-ago 2.6.4 (npm).
# Expected: "a day ago" means at least 24 hours, "2 days ago" at least 48; libraries that say how long ago something was say about the same.
# Happens:  three round and two cut. In dayjs 22 hours are "a day ago", 37 hours "2 days ago", 45 minutes "an hour ago", 26 days "a month ago" and 320 days
#           "a year ago". 91 seconds are one or two minutes, 47 hours one or two days.
# Matters:  a heartbeat of "2 days ago" on one page and "1 day ago" on the next is the same one; a limit of 24 hours seems broken at 22.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > ages.mjs <<'E'
import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import { formatDistance } from 'date-fns';
import { DateTime } from 'luxon';
import { format } from 'timeago.js';
import TimeAgo from 'javascript-time-ago';
import en from 'javascript-time-ago/locale/en';
dayjs.extend(relativeTime);
TimeAgo.addDefaultLocale(en);
const now = new Date('2026-11-29T12:00:00Z'), second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const timeAgo = new TimeAgo('en-US');
for (const [age, length] of Object.entries({ '91 seconds': 91 * second, '45 minutes': 45 * minute, '22 hours': 22 * hour, '37 hours': 37 * hour, '47 hours': 47 * hour, '26 days': 26 * day, '320 days': 320 * day })) {
  const then = new Date(now - length);
  console.log(age);
  console.log('  dayjs:', dayjs(then).from(now));
  console.log('  date-fns:', formatDistance(then, now, { addSuffix: true }));
  console.log('  luxon:', DateTime.fromJSDate(then).toRelative({ base: DateTime.fromJSDate(now) }));
  console.log('  timeago.js:', format(then, 'en_US', { relativeDate: now }));
  console.log('  javascript-time-ago:', timeAgo.format(then, { now: now.getTime() }));
}
E
cat > expected <<'E'
91 seconds
  dayjs: 2 minutes ago
  date-fns: 2 minutes ago
  luxon: 1 minute ago
  timeago.js: 1 minute ago
  javascript-time-ago: 2 minutes ago
45 minutes
  dayjs: an hour ago
  date-fns: about 1 hour ago
  luxon: 45 minutes ago
  timeago.js: 45 minutes ago
  javascript-time-ago: 45 minutes ago
22 hours
  dayjs: a day ago
  date-fns: about 22 hours ago
  luxon: 22 hours ago
  timeago.js: 22 hours ago
  javascript-time-ago: 22 hours ago
37 hours
  dayjs: 2 days ago
  date-fns: 1 day ago
  luxon: 1 day ago
  timeago.js: 1 day ago
  javascript-time-ago: 2 days ago
47 hours
  dayjs: 2 days ago
  date-fns: 2 days ago
  luxon: 1 day ago
  timeago.js: 1 day ago
  javascript-time-ago: 2 days ago
26 days
  dayjs: a month ago
  date-fns: 26 days ago
  luxon: 26 days ago
  timeago.js: 3 weeks ago
  javascript-time-ago: 4 weeks ago
320 days
  dayjs: a year ago
  date-fns: 11 months ago
  luxon: 10 months ago
  timeago.js: 10 months ago
  javascript-time-ago: 11 months ago
E
npm install --silent --no-audit --no-fund dayjs@1.11.23 date-fns@4.4.0 luxon@3.7.2 timeago.js@4.0.2 javascript-time-ago@2.6.4 >/dev/null
node ages.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries say ages otherwise than noted"; exit 1; }
