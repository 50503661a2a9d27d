#!/usr/bin/env bash
# Software: CsCheck 5.0.1 (NuGet).
# Expected: a property is tried on the values that break code, as with FsCheck, Hypothesis or fast-check: Gen.Double gives NaN, infinities and -0,
#           Gen.String gives line breaks and letters beyond ASCII; and samples are run one after the other.
# Happens:  none of these comes in 100,000 samples. Strings are printable ASCII; special doubles have a generator of their own, Gen.Double.Special.
#           Samples run on all cores at once, so a property that counts or fills a list of its own races.
# Matters:  properties of masking, sorting and charts pass without ever having seen a line break in a log line or a NaN in a rate.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > sample.cs <<'E'
#:package CsCheck@5.0.1
#:property PublishAot=false
using CsCheck;
int specials = 0, ownSpecials = 0, beyond = 0, control = 0;
Gen.Double.Sample(d => { if (!double.IsFinite(d) || (d == 0 && double.IsNegative(d))) specials++; }, iter: 100_000, threads: 1);
Gen.Double.Special.Sample(d => { if (!double.IsFinite(d)) ownSpecials++; }, iter: 10_000, threads: 1);
Gen.String.Sample(s => { if (s.Any(c => c > 126)) beyond++; if (s.Any(char.IsControl)) control++; }, iter: 100_000, threads: 1);
Console.WriteLine($"doubles that are NaN, infinite or -0: {specials}; from Gen.Double.Special, some NaN or infinite: {ownSpecials > 0}");
Console.WriteLine($"strings with a letter beyond ASCII: {beyond}, with a line break or other control character: {control}");
int running = 0, most = 0;
Gen.Int.Sample(_ =>
{
    most = Math.Max(most, Interlocked.Increment(ref running));
    Thread.Sleep(1);
    Interlocked.Decrement(ref running);
}, iter: 1000);
Console.WriteLine($"samples of one property run at the same time: {most > 1 || Environment.ProcessorCount == 1}");
E
cat > expected <<'E'
doubles that are NaN, infinite or -0: 0; from Gen.Double.Special, some NaN or infinite: True
strings with a letter beyond ASCII: 0, with a line break or other control character: 0
samples of one property run at the same time: True
E
dotnet run sample.cs > seen
cat seen
diff expected seen || { echo "CHANGED: CsCheck gives other values than noted"; exit 1; }
