#!/usr/bin/env bash
# Software: NCrontab 3.4.0 (NuGet).
# Expected: FRI-MON is Friday to Monday (as in Cronos), or an error (as in robfig/cron, croner and cron-parser). A date that never comes gives none or an error.
# Happens:  the ends are swapped in silence, so FRI-MON runs from Monday to Friday. 31 February "comes" on 9999-12-31 at 23:59, though the text asks for 00:00.
# Matters:  a weekend schedule is shown on the weekdays, and "next run" is a date instead of "never".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > next.cs <<'E'
#:package NCrontab@3.4.0
#:property PublishAot=false
using NCrontab;
var monday = new DateTime(2026, 11, 30);
var days = CrontabSchedule.Parse("0 0 * * FRI-MON").GetNextOccurrences(monday.AddMinutes(-1), monday.AddDays(7).AddMinutes(-1));
Console.WriteLine("FRI-MON runs on " + string.Join(' ', days.Select(d => d.DayOfWeek.ToString()[..3])));
Console.WriteLine($"31 February: {CrontabSchedule.Parse("0 0 31 2 *").GetNextOccurrence(monday):yyyy-MM-dd HH:mm}");
E
cat > expected <<'E'
FRI-MON runs on Mon Tue Wed Thu Fri
31 February: 9999-12-31 23:59
E
dotnet run next.cs > seen
cat seen
diff expected seen || { echo "CHANGED: NCrontab answers otherwise than noted"; exit 1; }
