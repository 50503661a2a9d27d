#!/usr/bin/env bash
# Software: UnitsNet 5.75.1 (NuGet), quantities with units.
# Expected: a minute is equal to sixty seconds; what is neither less nor greater is equal; a size is written and read in the same way on each server, as its abbreviations are the same.
# Happens:  equality compares the units as well, while CompareTo says 0 and both <= and >= are true. For == the compiler warns; for a record that holds a quantity, a set or a
#           dictionary nothing does. 1.5 GB is 15 GB where the culture writes a comma. "10 Gb" is gigabits, "10 kb" kilobits, "10 KB" is ambiguous and refused. A month is 30 days.
# Matters:  "has the limit changed?" is yes for each node that reports the same limit in another unit, and each look writes a change; a threshold typed on a German server is ten times
#           as high.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > units.cs <<'E'
#:package UnitsNet@5.75.1
#:property PublishAot=false
using System.Globalization;
using UnitsNet;
Duration minute = Duration.FromMinutes(1), seconds = Duration.FromSeconds(60);
Console.WriteLine($"1 min and 60 s: equal as members of a record {new Limits(minute) == new Limits(seconds)}, CompareTo {minute.CompareTo(seconds)}, <= and >= {minute <= seconds && minute >= seconds}, members of a set {new HashSet<Duration> { minute, seconds }.Count}");
foreach (var culture in new[] { "en-US", "de-DE" })
    foreach (var text in new[] { "1.5 GB", "10 GiB", "10 Gb", "10 kb", "10 KB" })
    {
        string read;
        try { read = Information.Parse(text, new CultureInfo(culture)).Bytes.ToString("0", CultureInfo.InvariantCulture); } catch (Exception refused) { read = refused.GetType().Name; }
        Console.WriteLine($"{culture} {text}: {read}");
    }
Console.WriteLine($"1 mo: {Duration.Parse("1 mo", CultureInfo.InvariantCulture).Days.ToString(CultureInfo.InvariantCulture)} days");
record Limits(Duration Timeout);
E
cat > expected <<'E'
1 min and 60 s: equal as members of a record False, CompareTo 0, <= and >= True, members of a set 2
en-US 1.5 GB: 1500000000
en-US 10 GiB: 10737418240
en-US 10 Gb: 1250000000
en-US 10 kb: 1250
en-US 10 KB: AmbiguousUnitParseException
de-DE 1.5 GB: 15000000000
de-DE 10 GiB: 10737418240
de-DE 10 Gb: 1250000000
de-DE 10 kb: 1250
de-DE 10 KB: AmbiguousUnitParseException
1 mo: 30 days
E
dotnet run units.cs > seen
cat seen
diff expected seen || { echo "CHANGED: quantities are compared or read otherwise than noted"; exit 1; }
