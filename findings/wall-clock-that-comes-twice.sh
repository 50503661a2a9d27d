#!/usr/bin/env bash
# Software: luxon 3.7.2, moment-timezone 0.6.6, dayjs 1.11.23, date-fns-tz 3.2.0 and spacetime 7.15.0 (npm), .NET 10.0 and NodaTime 3.3.7 (NuGet).
# Expected: 02:30 in Berlin, in the night when clocks go back, is one moment for all; in the night when they go forward it is refused or one moment.
# Happens:  of the two 02:30 moment-timezone and NodaTime's lenient reading take the first, all others the second. The 02:30 that does not exist is 00:30 UTC in
#           two, 01:30 in four and an exception in .NET. A zone that moment-timezone does not know is UTC for it, with a line on the console and no exception.
# Matters:  a maintenance window that is entered in the browser begins an hour apart on the server, and a form on the day before works.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=UTC

cat > read.mjs <<'E'
import { fromZonedTime } from 'date-fns-tz';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { DateTime } from 'luxon';
import moment from 'moment-timezone';
import spacetime from 'spacetime';
dayjs.extend(utc);
dayjs.extend(timezone);
const zone = 'Europe/Berlin', show = milliseconds => new Date(milliseconds).toISOString().slice(0, 16);
for (const [name, read] of Object.entries({
  luxon: text => DateTime.fromISO(text, { zone }).toMillis(),
  'moment-timezone': text => moment.tz(text, zone).valueOf(),
  dayjs: text => dayjs.tz(text, zone).valueOf(),
  'date-fns-tz': text => fromZonedTime(text, zone).getTime(),
  spacetime: text => spacetime(text, zone).epoch,
})) console.log(`${name}: twice ${show(read('2026-10-25T02:30:00'))}, never ${show(read('2026-03-29T02:30:00'))}`);
console.log(`moment-timezone: 12:00 in "Berlin" is ${show(moment.tz('2026-11-29T12:00:00', 'Berlin').valueOf())}`);
E
cat > read.cs <<'E'
#:package NodaTime@3.3.7
#:property PublishAot=false
using NodaTime;
DateTime twice = new(2026, 10, 25, 2, 30, 0), never = new(2026, 3, 29, 2, 30, 0);
var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
Console.WriteLine($".NET: twice {Show(TimeZoneInfo.ConvertTimeToUtc(twice, zone))}, never {Try(() => TimeZoneInfo.ConvertTimeToUtc(never, zone))}");
var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
Console.WriteLine($"NodaTime, lenient: twice {Show(Lenient(twice))}, never {Show(Lenient(never))}");

DateTime Lenient(DateTime time) => LocalDateTime.FromDateTime(time).InZoneLeniently(berlin).ToDateTimeUtc();
static string Show(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm");
static string Try(Func<DateTime> read)
{
    try { return Show(read()); } catch (ArgumentException) { return "exception"; }
}
E
cat > expected <<'E'
luxon: twice 2026-10-25T01:30, never 2026-03-29T01:30
moment-timezone: twice 2026-10-25T00:30, never 2026-03-29T01:30
dayjs: twice 2026-10-25T01:30, never 2026-03-29T01:30
date-fns-tz: twice 2026-10-25T01:30, never 2026-03-29T00:30
spacetime: twice 2026-10-25T01:30, never 2026-03-29T00:30
moment-timezone: 12:00 in "Berlin" is 2026-11-29T12:00
.NET: twice 2026-10-25T01:30, never exception
NodaTime, lenient: twice 2026-10-25T00:30, never 2026-03-29T01:30
E
npm install --silent --no-audit --no-fund luxon@3.7.2 moment-timezone@0.6.6 dayjs@1.11.23 date-fns@4.4.0 date-fns-tz@3.2.0 spacetime@7.15.0 >/dev/null
{ node read.mjs 2>/dev/null; dotnet run read.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read the clock otherwise than noted"; exit 1; }
