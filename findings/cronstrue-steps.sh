#!/usr/bin/env bash
# Software: cronstrue 3.39.0 and croner 11.0.0 (npm).
# Expected: the description of a schedule says when it runs.
# Happens:  a step is described as a length of time whatever it does: */45 runs at minute 0 and 45, so after 45 and after 15 minutes, and is "Every 45 minutes";
#           "every 5 hours" is four hours from 20:00 to midnight. A step of */90, which croner refuses and which cron runs every hour, is "Every 90 minutes".
# Matters:  the words beside a schedule are what an operator believes; a job that is said to run every 45 minutes and takes 20 meets itself every second time.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"

cat > words.mjs <<'E'
import cronstrue from 'cronstrue';
import { Cron } from 'croner';
for (const cron of ['*/45 * * * *', '0 */5 * * *', '*/90 * * * *']) {
  let runs;
  try { runs = new Cron(cron, { timezone: 'UTC' }).nextRuns(6, '2026-11-28T23:59:00Z').map(t => t.toISOString().slice(8, 16)).join(' '); } catch { runs = 'refused'; }
  console.log(`${cron} | ${cronstrue.toString(cron)} | ${runs}`);
}
E
cat > expected <<'E'
*/45 * * * * | Every 45 minutes | 29T00:00 29T00:45 29T01:00 29T01:45 29T02:00 29T02:45
0 */5 * * * | On the hour, every 5 hours | 29T00:00 29T05:00 29T10:00 29T15:00 29T20:00 30T00:00
*/90 * * * * | Every 90 minutes | refused
E
npm install --silent --no-audit --no-fund cronstrue@3.39.0 croner@11.0.0 >/dev/null
node words.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries answer otherwise than noted"; exit 1; }
