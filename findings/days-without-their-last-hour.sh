#!/usr/bin/env bash
# Software: luxon 3.7.2, moment-timezone 0.6.6, dayjs 1.11.23, date-fns 4.4.0 with @date-fns/tz 1.4.1 (npm), NodaTime 3.3.7 (NuGet).
# Expected: a time lies between the start of its day and the start of the next one, and in no other day.
# Happens:  in Newfoundland clocks went from 00:01 back to 23:01, until 2011. Of that last hour of the day before, dayjs, date-fns and NodaTime say that it is of the
#           day before, and that the next day had begun already. In luxon and moment-timezone two days overlap instead: both have the minute after the first midnight.
# Matters:  what is counted by day between two starts of days leaves an hour out, or counts a minute twice, and a link to "that day" does not show what it was made from.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=UTC

cat > read.mjs <<'E'
import { TZDate } from '@date-fns/tz';
import { addDays, startOfDay } from 'date-fns';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { DateTime } from 'luxon';
import moment from 'moment-timezone';
dayjs.extend(utc);
dayjs.extend(timezone);
const zone = 'America/St_Johns', show = milliseconds => new Date(milliseconds).toISOString().slice(5, 16);
const days = {
  luxon: t => { const day = DateTime.fromMillis(t, { zone }); return [day.toISODate(), day.startOf('day').toMillis(), day.plus({ days: 1 }).startOf('day').toMillis()]; },
  'moment-timezone': t => { const day = moment.tz(t, zone); return [day.format('YYYY-MM-DD'), day.clone().startOf('day').valueOf(), day.clone().add(1, 'day').startOf('day').valueOf()]; },
  dayjs: t => { const day = dayjs.tz(t, zone); return [day.format('YYYY-MM-DD'), day.startOf('day').valueOf(), day.add(1, 'day').startOf('day').valueOf()]; },
  'date-fns': t => { const day = new TZDate(t, zone); return [day.toISOString().slice(0, 10), +startOfDay(day), +startOfDay(addDays(day, 1))]; },
};
for (const [name, of] of Object.entries(days))
  for (const text of ['2010-11-07T02:30:30Z', '2010-11-07T02:45:00Z']) {
    const t = Date.parse(text), [day, start, next] = of(t);
    console.log(`${name}: ${text} is ${day}, which is ${show(start)} to ${show(next)}: ${start <= t && t < next ? 'inside' : 'outside'}`);
  }
E
cat > read.cs <<'E'
#:package NodaTime@3.3.7
#:property PublishAot=false
using NodaTime;
var zone = DateTimeZoneProviders.Tzdb["America/St_Johns"];
foreach (var t in new[] { Instant.FromUtc(2010, 11, 7, 2, 30, 30), Instant.FromUtc(2010, 11, 7, 2, 45) })
{
    var day = t.InZone(zone).Date;
    var (start, next) = (zone.AtStartOfDay(day).ToInstant(), zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
    Console.WriteLine($"NodaTime: {t} is {day:uuuu-MM-dd}, which is {start:MM-dd'T'HH:mm} to {next:MM-dd'T'HH:mm}: {(start <= t && t < next ? "inside" : "outside")}");
}
E
cat > expected <<'E'
luxon: 2010-11-07T02:30:30Z is 2010-11-07, which is 11-07T02:30 to 11-08T03:30: inside
luxon: 2010-11-07T02:45:00Z is 2010-11-06, which is 11-06T02:30 to 11-07T03:30: inside
moment-timezone: 2010-11-07T02:30:30Z is 2010-11-07, which is 11-07T02:30 to 11-08T03:30: inside
moment-timezone: 2010-11-07T02:45:00Z is 2010-11-06, which is 11-06T02:30 to 11-07T03:30: inside
dayjs: 2010-11-07T02:30:30Z is 2010-11-07, which is 11-07T02:30 to 11-08T03:30: inside
dayjs: 2010-11-07T02:45:00Z is 2010-11-06, which is 11-06T02:30 to 11-07T02:30: outside
date-fns: 2010-11-07T02:30:30Z is 2010-11-07, which is 11-07T02:30 to 11-08T03:30: inside
date-fns: 2010-11-07T02:45:00Z is 2010-11-06, which is 11-06T02:30 to 11-07T02:30: outside
NodaTime: 2010-11-07T02:30:30Z is 2010-11-07, which is 11-07T02:30 to 11-08T03:30: inside
NodaTime: 2010-11-07T02:45:00Z is 2010-11-06, which is 11-06T02:30 to 11-07T02:30: outside
E
npm install --silent --no-audit --no-fund luxon@3.7.2 moment-timezone@0.6.6 dayjs@1.11.23 date-fns@4.4.0 @date-fns/tz@1.4.1 >/dev/null
{ node read.mjs; dotnet run read.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries begin and end days otherwise than noted"; exit 1; }
