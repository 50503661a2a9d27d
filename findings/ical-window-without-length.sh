#!/usr/bin/env bash
# Software: Ical.Net 5.2.4 (NuGet), zone Europe/Berlin; the night of 25 October 2026, in which 03:00 is followed by 02:00.
# Expected: DURATION:PT1H is an hour of time, in that night too (RFC 5545: an exact duration), and a window has an end after its start.
# Happens:  a window from 02:30 lasts no time at all: its end is the moment of its start, while EffectiveDuration still says PT1H. One of 90 minutes lasts half an hour.
#           A window that ends outside the doubled hour is right. (With some recurring events over that night
#           a call did not come back at all; none of those is in here.)
# Matters:  maintenance at night is planned around just these hours: alerts that should be held back ring, and nothing in the calendar looks wrong.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > windows.cs <<'E'
#:package Ical.Net@5.2.4
#:property PublishAot=false
#:property InvariantGlobalization=true
using Ical.Net;
using Ical.Net.DataTypes;
foreach (var (start, duration) in new[] { ("20261024T023000", "PT1H"), ("20261025T013000", "PT30M"), ("20261025T023000", "PT1H"), ("20261025T020000", "PT90M"), ("20261025T023000", "PT2H") })
{
    var calendar = Calendar.Load($"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:{start}\nDURATION:{duration}\nEND:VEVENT\nEND:VCALENDAR\n")!;
    var window = calendar.Events[0]!.GetOccurrences(new CalDateTime(new DateTime(2026, 10, 24), "UTC")).Single().Period;
    Console.WriteLine($"{start} {duration}: {window.StartTime.AsUtc:HH:mm}Z to {window.EffectiveEndTime!.AsUtc:HH:mm}Z, {(window.EffectiveEndTime.AsUtc - window.StartTime.AsUtc).TotalMinutes} minutes");
}
E
cat > expected <<'E'
20261024T023000 PT1H: 00:30Z to 01:30Z, 60 minutes
20261025T013000 PT30M: 23:30Z to 00:00Z, 30 minutes
20261025T023000 PT1H: 00:30Z to 00:30Z, 0 minutes
20261025T020000 PT90M: 00:00Z to 00:30Z, 30 minutes
20261025T023000 PT2H: 00:30Z to 02:30Z, 120 minutes
E
timeout 120 dotnet run windows.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library counts otherwise than noted"; exit 1; }
