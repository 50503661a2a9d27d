#!/usr/bin/env bash
# Software: Coravel 6.0.2 and Quartz.NET 4.7.3 (NuGet).
# Expected: a cron expression that is taken runs when cron's would, apart from the seconds that Quartz puts in front.
# Happens:  in Coravel a step counts multiples, not from the start of the range: */10 in the days is the 10th, 20th and 30th, */3 in the months March, June and so on, and
#           */45 leaves out the full hour. Sunday is 0 alone: 7 is taken and never comes, 5-7 is Friday and Saturday, and so is a range over midnight taken that never
#           comes. In Quartz the days are numbered from 1 for Sunday: 1-5 runs from Sunday to Thursday, 7 on Saturday.
# Matters:  a schedule that was copied from a crontab backs up on the wrong days, or never, and no one is told.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > next.cs <<'E'
#:package Coravel@6.0.2
#:package Quartz@4.7.3
#:property PublishAot=false
#:property InvariantGlobalization=true
#:property NoWarn=NU1603
var start = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
string Coravel(string text)
{
    var cron = new Coravel.Scheduling.Schedule.Cron.CronExpression(text);
    return Words(Enumerable.Range(0, 300 * 24 * 60).Select(minute => start.AddMinutes(minute)).Where(cron.IsDue).Take(4));
}
string Quartz(string text)
{
    var cron = new Quartz.CronExpression(text, TimeZoneInfo.Utc);
    var times = new List<DateTime>();
    for (DateTimeOffset? at = start.AddSeconds(-1); times.Count < 4 && (at = cron.GetNextValidTimeAfter(at.Value)) is { } next;) times.Add(next.UtcDateTime);
    return Words(times);
}
string Words(IEnumerable<DateTime> times) => string.Join(", ", times.Select(time => time.ToString("ddd d MMM HH:mm"))) is { Length: > 0 } words ? words : "never in 300 days";
foreach (var text in new[] { "*/45 * * * *", "0 0 */10 * *", "0 0 1 */3 *", "0 0 * * */2", "0 0 * * 7", "0 0 * * 5-7", "0 22-2 * * *", "0 0 * * 1-5" }) Console.WriteLine($"Coravel {text}: {Coravel(text)}");
foreach (var text in new[] { "0 0/45 * * * ?", "0 0 0 1/10 * ?", "0 0 0 ? * 7", "0 0 0 ? * 1-5", "0 0 0 ? * MON-FRI", "0 0 22-2 * * ?" }) Console.WriteLine($"Quartz {text}: {Quartz(text)}");
E
cat > expected <<'E'
Coravel */45 * * * *: Sun 1 Mar 00:45, Sun 1 Mar 01:45, Sun 1 Mar 02:45, Sun 1 Mar 03:45
Coravel 0 0 */10 * *: Tue 10 Mar 00:00, Fri 20 Mar 00:00, Mon 30 Mar 00:00, Fri 10 Apr 00:00
Coravel 0 0 1 */3 *: Sun 1 Mar 00:00, Mon 1 Jun 00:00, Tue 1 Sep 00:00, Tue 1 Dec 00:00
Coravel 0 0 * * */2: Tue 3 Mar 00:00, Thu 5 Mar 00:00, Sat 7 Mar 00:00, Tue 10 Mar 00:00
Coravel 0 0 * * 7: never in 300 days
Coravel 0 0 * * 5-7: Fri 6 Mar 00:00, Sat 7 Mar 00:00, Fri 13 Mar 00:00, Sat 14 Mar 00:00
Coravel 0 22-2 * * *: never in 300 days
Coravel 0 0 * * 1-5: Mon 2 Mar 00:00, Tue 3 Mar 00:00, Wed 4 Mar 00:00, Thu 5 Mar 00:00
Quartz 0 0/45 * * * ?: Sun 1 Mar 00:00, Sun 1 Mar 00:45, Sun 1 Mar 01:00, Sun 1 Mar 01:45
Quartz 0 0 0 1/10 * ?: Sun 1 Mar 00:00, Wed 11 Mar 00:00, Sat 21 Mar 00:00, Tue 31 Mar 00:00
Quartz 0 0 0 ? * 7: Sat 7 Mar 00:00, Sat 14 Mar 00:00, Sat 21 Mar 00:00, Sat 28 Mar 00:00
Quartz 0 0 0 ? * 1-5: Sun 1 Mar 00:00, Mon 2 Mar 00:00, Tue 3 Mar 00:00, Wed 4 Mar 00:00
Quartz 0 0 0 ? * MON-FRI: Mon 2 Mar 00:00, Tue 3 Mar 00:00, Wed 4 Mar 00:00, Thu 5 Mar 00:00
Quartz 0 0 22-2 * * ?: Sun 1 Mar 00:00, Sun 1 Mar 01:00, Sun 1 Mar 02:00, Sun 1 Mar 22:00
E
dotnet run next.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read schedules otherwise than noted"; exit 1; }
