#!/usr/bin/env bash
# Software: echarts 6.1.0, dayjs 1.11.23 and spacetime 7.15.0 (npm), the Date of Node.js 20 beside them.
# Expected: a valid time in ISO 8601 is read as the moment it names, or refused. Half a second is .5, .50 and .500.
# Happens:  echarts takes the digits behind the point for milliseconds, so .5 is 5 ms; and it drops the minutes of an offset, so +05:30 is +05:00. dayjs reads .5 as 5 ms
#           where the time has no Z, and the day 2026-333 as September 2028. spacetime reads a time in the basic form, a week and a day of the year as 1970, and 24:00 as
#           23:00 of that day.
# Matters:  .NET writes times without trailing zeros, so of times in whole milliseconds one in ten has a shorter fraction: a chart moves that point to its left by up to
#           0.9 s, past the point before it. All points from India are half an hour late. Nothing tells.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > read.mjs <<'E'
import * as echarts from 'echarts';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import spacetime from 'spacetime';
dayjs.extend(utc);
const readers = {
  Date: text => new Date(text), echarts: text => echarts.number.parseDate(text), dayjs: text => dayjs.utc(text), spacetime: text => spacetime(text, 'UTC').epoch };
for (const text of [
  '2026-11-29T10:00:00.5Z', '2026-11-29T10:00:00.25Z', '2026-11-29T10:00:00.5', '2026-11-29T10:00:00.25', '2026-11-29T10:00:00+05:30', '2026-11-29T10:00:00-03:30',
  '2026-11-29T24:00:00Z', '20261129T100000Z', '2026-W48-7', '2026-333']) {
  console.log(text);
  for (const [name, read] of Object.entries(readers)) {
    const milliseconds = +read(text);
    console.log(`  ${name}: ${Number.isNaN(milliseconds) ? 'refused' : new Date(milliseconds).toISOString()}`);
  }
}
E
cat > expected <<'E'
2026-11-29T10:00:00.5Z
  Date: 2026-11-29T10:00:00.500Z
  echarts: 2026-11-29T10:00:00.005Z
  dayjs: 2026-11-29T10:00:00.500Z
  spacetime: 2026-11-29T10:00:00.500Z
2026-11-29T10:00:00.25Z
  Date: 2026-11-29T10:00:00.250Z
  echarts: 2026-11-29T10:00:00.025Z
  dayjs: 2026-11-29T10:00:00.250Z
  spacetime: 2026-11-29T10:00:00.250Z
2026-11-29T10:00:00.5
  Date: 2026-11-29T10:00:00.500Z
  echarts: 2026-11-29T10:00:00.005Z
  dayjs: 2026-11-29T10:00:00.005Z
  spacetime: 2026-11-29T10:00:00.500Z
2026-11-29T10:00:00.25
  Date: 2026-11-29T10:00:00.250Z
  echarts: 2026-11-29T10:00:00.025Z
  dayjs: 2026-11-29T10:00:00.025Z
  spacetime: 2026-11-29T10:00:00.250Z
2026-11-29T10:00:00+05:30
  Date: 2026-11-29T04:30:00.000Z
  echarts: 2026-11-29T05:00:00.000Z
  dayjs: 2026-11-29T04:30:00.000Z
  spacetime: 2026-11-29T04:30:00.000Z
2026-11-29T10:00:00-03:30
  Date: 2026-11-29T13:30:00.000Z
  echarts: 2026-11-29T13:00:00.000Z
  dayjs: 2026-11-29T13:30:00.000Z
  spacetime: 2026-11-29T13:30:00.000Z
2026-11-29T24:00:00Z
  Date: 2026-11-30T00:00:00.000Z
  echarts: 2026-11-30T00:00:00.000Z
  dayjs: 2026-11-30T00:00:00.000Z
  spacetime: 2026-11-29T23:00:00.000Z
20261129T100000Z
  Date: refused
  echarts: refused
  dayjs: refused
  spacetime: 1970-01-01T00:00:00.000Z
2026-W48-7
  Date: refused
  echarts: refused
  dayjs: refused
  spacetime: 1970-01-01T00:00:00.000Z
2026-333
  Date: refused
  echarts: refused
  dayjs: 2028-09-03T00:00:00.000Z
  spacetime: 1970-01-01T00:00:00.000Z
E
npm install --silent --no-audit --no-fund echarts@6.1.0 dayjs@1.11.23 spacetime@7.15.0 >/dev/null
TZ=UTC node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read times otherwise than noted"; exit 1; }
