#!/usr/bin/env bash
# Software: Microsoft.Extensions.TimeProvider.Testing 10.11.0 (NuGet), FakeTimeProvider.
# Expected: Advance goes through time: each timer on the way is called when the clock shows its due time, as with other virtual clocks.
# Happens:  the clock jumps to the end first, and then all callbacks run. A timer of one second is called ten times within Advance(10 s), each time
#           with the clock at 10 s; and what a callback starts is counted from the end, so a chain of three waits of 1 s is not over after 10 s.
# Matters:  a test of a poll with growing waits, or of what is noted at which time, shows times that no real clock gives; it must advance in small steps.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > advance.cs <<'E'
#:package Microsoft.Extensions.TimeProvider.Testing@10.11.0
#:property PublishAot=false
using Microsoft.Extensions.Time.Testing;
var clock = new FakeTimeProvider();
var start = clock.GetUtcNow();
var seen = new List<double>();
using (clock.CreateTimer(_ => seen.Add((clock.GetUtcNow() - start).TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)))
    clock.Advance(TimeSpan.FromSeconds(10));
Console.WriteLine($"a timer of 1 s, advanced 10 s: called {seen.Count} times, at {string.Join(' ', seen.Distinct())} s");

var links = 0;
ITimer? next = null;
void Link()
{
    next = clock.CreateTimer(_ => { if (++links < 3) Link(); }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
}
Link();
clock.Advance(TimeSpan.FromSeconds(10));
Console.WriteLine($"three waits of 1 s one after the other, advanced 10 s: {links} over");
for (var i = 0; i < 10; i++) clock.Advance(TimeSpan.FromSeconds(1));
Console.WriteLine($"advanced 10 x 1 s more: {links} over");
GC.KeepAlive(next);
E
cat > expected <<'E'
a timer of 1 s, advanced 10 s: called 10 times, at 10 s
three waits of 1 s one after the other, advanced 10 s: 1 over
advanced 10 x 1 s more: 3 over
E
dotnet run advance.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the fake clock does otherwise than noted"; exit 1; }
