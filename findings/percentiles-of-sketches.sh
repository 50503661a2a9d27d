#!/usr/bin/env bash
# Software: tdigest 0.1.3 and hdr-histogram-js 3.0.1 (npm), HdrHistogram 2.5.0 (NuGet).
# Expected: of 100 runs, 99 of which took 1 s, the 95th percentile is 1 s; NaN and values out of range are refused or left out; an empty sketch says that it has nothing.
# Happens:  tdigest keeps equal values once, with their number, and draws a straight line from there to the next: the 95th percentile of those runs is 910 s, their median 11 s.
#           hdr-histogram-js counts a NaN, as a value of 0, and its smallest value of nothing is 9007199254740991; a limit of 1000 lets 1023 in and refuses 1024. The percentile of
#           nothing is undefined in one and 0 in the other; .NET throws and says that the percentile is out of range.
# Matters:  one slow node of a hundred turns the tile "95 % of runs within" from a second to a quarter of an hour; durations that are unknown pull the percentiles down as if they were
#           instant.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > ask.mjs <<'E'
import { TDigest } from 'tdigest';
import hdr from 'hdr-histogram-js';
const digest = values => { const sketch = new TDigest(); values.forEach(value => sketch.push(value)); return sketch; };
const repeat = (count, value) => Array(count).fill(value);
const slow = digest([...repeat(99, 1), 1000]);
console.log('tdigest, 99 x 1 and 1000: p50', slow.percentile(0.5), 'p90', slow.percentile(0.9).toFixed(2), 'p95', slow.percentile(0.95).toFixed(2));
console.log('tdigest, 50 x 1 and 50 x 1000: p50', digest([...repeat(50, 1), ...repeat(50, 1000)]).percentile(0.5));
console.log('tdigest, nothing: p50', digest([]).percentile(0.5));
const histogram = hdr.build();
console.log('hdr-histogram-js, nothing: p50', histogram.getValueAtPercentile(50), 'smallest', histogram.minNonZeroValue);
[...repeat(99, 1), 1000].forEach(value => histogram.recordValue(value));
console.log('hdr-histogram-js, 99 x 1 and 1000: p50', histogram.getValueAtPercentile(50), 'p95', histogram.getValueAtPercentile(95));
repeat(101, NaN).forEach(value => histogram.recordValue(value));
console.log('hdr-histogram-js, and 101 x NaN: count', histogram.totalCount, 'p50', histogram.getValueAtPercentile(50));
const bounded = hdr.build({ highestTrackableValue: 1000, numberOfSignificantValueDigits: 2, autoResize: false });
for (const value of [1000, 1023, 1024]) {
  try { bounded.recordValue(value); console.log('hdr-histogram-js up to 1000:', value, 'taken'); } catch { console.log('hdr-histogram-js up to 1000:', value, 'refused'); }
}
E
cat > ask.cs <<'E'
#:package HdrHistogram@2.5.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using HdrHistogram;
var histogram = new LongHistogram(1000, 2);
try { Console.WriteLine($"HdrHistogram, nothing: p50 {histogram.GetValueAtPercentile(50)}"); }
catch (ArgumentOutOfRangeException refused) { Console.WriteLine($"HdrHistogram, nothing: {refused.Message}"); }
foreach (var value in new long[] { 1000, 1023, 1024 })
    try { histogram.RecordValue(value); Console.WriteLine($"HdrHistogram up to 1000: {value} taken"); }
    catch (Exception refused) { Console.WriteLine($"HdrHistogram up to 1000: {value} {refused.GetType().Name}"); }
E
cat > expected <<'E'
tdigest, 99 x 1 and 1000: p50 10.99 p90 810.19 p95 910.09
tdigest, 50 x 1 and 50 x 1000: p50 500.5
tdigest, nothing: p50 undefined
hdr-histogram-js, nothing: p50 0 smallest 9007199254740991
hdr-histogram-js, 99 x 1 and 1000: p50 1 p95 1
hdr-histogram-js, and 101 x NaN: count 201 p50 0
hdr-histogram-js up to 1000: 1000 taken
hdr-histogram-js up to 1000: 1023 taken
hdr-histogram-js up to 1000: 1024 refused
HdrHistogram, nothing: percentile value not found in range (Parameter 'percentile')
HdrHistogram up to 1000: 1000 taken
HdrHistogram up to 1000: 1023 taken
HdrHistogram up to 1000: 1024 IndexOutOfRangeException
E
npm install --silent --no-audit --no-fund tdigest@0.1.3 hdr-histogram-js@3.0.1 >/dev/null
{ node ask.mjs; dotnet run ask.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the sketches answer otherwise than noted"; exit 1; }
