#!/usr/bin/env bash
# Software: Humanizer.Core 3.0.10 (NuGet), culture en-US, defaults.
# Expected: the words for a duration are near it, and a negative one reads otherwise than a positive one; moments and durations are put into words by one rule.
# Happens:  the sign is dropped: five minutes too late and five minutes left are both "5 minutes". A duration is cut, not rounded: 13 days are "1 week", 119 minutes
#           "1 hour", while DateTime.Humanize makes 47 hours "2 days ago" and 345 days "one year ago".
# Matters:  an expired deadline reads as time left, and the age of one heartbeat differs between two places of a page.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > words.cs <<'E'
#:package Humanizer.Core@3.0.10
#:property PublishAot=false
using System.Globalization;
using Humanizer;
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-US");
var now = new DateTime(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);
foreach (var duration in new[] { TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(119), TimeSpan.FromHours(47), TimeSpan.FromDays(13), TimeSpan.FromDays(345) })
    Console.WriteLine($"{duration}: {duration.Humanize()}; that long ago: {(now - duration).Humanize(utcDate: true, dateToCompareAgainst: now)}");
E
cat > expected <<'E'
00:05:00: 5 minutes; that long ago: 5 minutes ago
-00:05:00: 5 minutes; that long ago: 5 minutes from now
01:59:00: 1 hour; that long ago: an hour ago
1.23:00:00: 1 day; that long ago: 2 days ago
13.00:00:00: 1 week; that long ago: 13 days ago
345.00:00:00: 49 weeks; that long ago: one year ago
E
dotnet run words.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library says otherwise than noted"; exit 1; }
