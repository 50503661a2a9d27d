#!/usr/bin/env bash
# Software: cronstrue 3.39.0 (npm), beside croner 11.0.0 (npm) for the runs.
# Expected: the words for a schedule say when it runs: */45 in the minutes is "at 0 and 45 minutes past the hour", and what can never come is said not to.
# Happens:  a step that does not divide its range is "every N": */45 is "every 45 minutes" and runs after 45 and 15 minutes in turn, "every 2 days" runs on the 31st and on the 1st,
#           "every 5 hours" runs at 20:00 and at 00:00. Day of month and day of week, either of which is enough, are joined by "and". 31 February is described as if it came.
# Matters:  the words stand beside the schedule because people do not read the five fields. "Every 45 minutes" is believed, and the run after 15 is reported as one too many; "on day
#           13, and on Friday" is taken for Friday the 13th, and runs five times a month.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > describe.mjs <<'E'
import cronstrue from 'cronstrue';
import { Cron } from 'croner';
for (const [text, count] of [['*/45 * * * *', 4], ['0 */5 * * *', 6], ['0 0 */2 * *', 17], ['0 3 13 * 5', 4], ['0 0 31 2 *', 3]]) {
  const runs = new Cron(text, { timezone: 'UTC' }).nextRuns(count, '2026-01-01T00:00:00Z').map(run => run.toISOString().slice(5, 16));
  console.log(`${text} is "${cronstrue.toString(text)}"`);
  console.log(`  and runs ${runs.slice(-6).join(', ') || 'never'}`);
}
E
cat > expected <<'E'
*/45 * * * * is "Every 45 minutes"
  and runs 01-01T00:45, 01-01T01:00, 01-01T01:45, 01-01T02:00
0 */5 * * * is "On the hour, every 5 hours"
  and runs 01-01T05:00, 01-01T10:00, 01-01T15:00, 01-01T20:00, 01-02T00:00, 01-02T05:00
0 0 */2 * * is "At 12:00 AM, every 2 days in a month"
  and runs 01-25T00:00, 01-27T00:00, 01-29T00:00, 01-31T00:00, 02-01T00:00, 02-03T00:00
0 3 13 * 5 is "At 03:00 AM, on day 13 of the month, and on Friday"
  and runs 01-02T03:00, 01-09T03:00, 01-13T03:00, 01-16T03:00
0 0 31 2 * is "At 12:00 AM, on day 31 of the month, only in February"
  and runs never
E
npm install --silent --no-audit --no-fund cronstrue@3.39.0 croner@11.0.0 >/dev/null
node describe.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the schedules are described otherwise than noted"; exit 1; }
