#!/usr/bin/env bash
# Software: .NET 10.0 (seen on 10.0.12) with DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1, as the Alpine and chiseled images set it.
# Expected: what needs the data of a culture throws, as CultureInfo.GetCultureInfo does; what works by Unicode alone, such as normalization, works.
# Happens:  CompareOptions.NumericOrdering is accepted and ignored, so edge-10 comes before edge-9. Normalize returns its text as it was and IsNormalized says true,
#           so two spellings of one name stay two. Windows names of time zones are unknown.
# Matters:  a node list in natural order, and names that are compared normalized, are right on the developer's machine and wrong in the container, without an error.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir; unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT

cat > mode.cs <<'E'
#:property PublishAot=false
using System.Globalization;
using System.Text;
string[] nodes = ["edge-10", "edge-9", "edge-1"];
Console.WriteLine($"natural order: {string.Join(' ', nodes.Order(StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering)))}");
Console.WriteLine($"e and accent: {(("e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9") ? "one letter" : "two letters")}, normalized: {"e\u0301".IsNormalized(NormalizationForm.FormC)}");
Console.WriteLine($"W. Europe Standard Time: {(TimeZoneInfo.TryFindSystemTimeZoneById("W. Europe Standard Time", out _) ? "known" : "unknown")}");
try { Console.WriteLine($"de-DE: {CultureInfo.GetCultureInfo("de-DE").Name}"); }
catch (CultureNotFoundException e) { Console.WriteLine($"de-DE: {e.GetType().Name}"); }
E
cat > expected <<'E'
with ICU
natural order: edge-1 edge-9 edge-10
e and accent: one letter, normalized: False
W. Europe Standard Time: known
de-DE: de-DE
invariant
natural order: edge-1 edge-10 edge-9
e and accent: two letters, normalized: True
W. Europe Standard Time: unknown
de-DE: CultureNotFoundException
E
{ echo "with ICU"; dotnet run mode.cs; echo invariant; DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 dotnet run mode.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the mode does otherwise than noted"; exit 1; }
