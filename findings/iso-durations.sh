#!/usr/bin/env bash
# Software: XmlConvert of .NET 10.0 (seen on 10.0.12), NodaTime 3.3.7 (NuGet); iso8601-duration 2.1.4, tinyduration 3.4.1 and parse-duration 2.1.9 (npm).
# Expected: a duration of ISO 8601 is the same in each library that takes one, or refused where it has no fixed length.
# Happens:  a minus in front is dropped by iso8601-duration and refused by NodaTime; weeks and fractions of a day or an hour are refused by XmlConvert, which takes a month for
#           30 days and a year for 365. parse-duration, which takes PT1H for an hour, takes P1M, a month, for a minute and P1DT12H for 12 hours.
# Matters:  a retention of P1M deletes what is older than a minute; an offset of -PT1H moves a window by an hour to the wrong side; "P1W" works in the browser and stops the server.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > read.cs <<'E'
#:package NodaTime@3.3.7
#:property PublishAot=false
using System.Xml;
using NodaTime.Text;
foreach (var text in args)
    Console.WriteLine($"{text} XmlConvert {Seconds(() => XmlConvert.ToTimeSpan(text).TotalSeconds)}, NodaTime {Seconds(() => PeriodPattern.NormalizingIso.Parse(text).Value.ToDuration().TotalSeconds)}");
static string Seconds(Func<double> read)
{
    try { return $"{read()}"; }
    catch (Exception) { return "refused"; }
}
E
cat > read.mjs <<'E'
import * as iso from 'iso8601-duration';
import * as tiny from 'tinyduration';
import parse from 'parse-duration';
const unit = { weeks: 604800, days: 86400, hours: 3600, minutes: 60, seconds: 1 };
const seconds = read => { try { return read() ?? 'refused'; } catch { return 'refused'; } };
const sum = d => Object.entries(d).reduce((s, [name, n]) => name === 'negative' ? s : s + n * unit[name], 0) * (d.negative ? -1 : 1);
for (const text of process.argv.slice(2))
  console.log(`iso8601-duration ${seconds(() => iso.toSeconds(iso.parse(text)))}, tinyduration ${seconds(() => sum(tiny.parse(text))) || 'in parts'}, parse-duration ${seconds(() => parse(text, 's'))}`);
E
cat > expected <<'E'
PT1H: XmlConvert 3600, NodaTime 3600, iso8601-duration 3600, tinyduration 3600, parse-duration 3600
PT90M: XmlConvert 5400, NodaTime 5400, iso8601-duration 5400, tinyduration 5400, parse-duration 5400
P1DT12H: XmlConvert 129600, NodaTime 129600, iso8601-duration 129600, tinyduration 129600, parse-duration 43200
P1M: XmlConvert 2592000, NodaTime refused, iso8601-duration 2592000, tinyduration in parts, parse-duration 60
P1Y: XmlConvert 31536000, NodaTime refused, iso8601-duration 31536000, tinyduration in parts, parse-duration 31557600
P1W: XmlConvert refused, NodaTime 604800, iso8601-duration 604800, tinyduration 604800, parse-duration 604800
PT0.5H: XmlConvert refused, NodaTime refused, iso8601-duration 1800, tinyduration 1800, parse-duration 1800
-PT1H: XmlConvert -3600, NodaTime refused, iso8601-duration 3600, tinyduration -3600, parse-duration -3600
E
npm install --silent --no-audit --no-fund iso8601-duration@2.1.4 tinyduration@3.4.1 parse-duration@2.1.9 >/dev/null
durations=(PT1H PT90M P1DT12H P1M P1Y P1W PT0.5H -PT1H)
paste -d, <(dotnet run read.cs -- "${durations[@]}") <(node read.mjs "${durations[@]}") | sed 's/,iso/, iso/; s/ XmlConvert/: XmlConvert/' > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
