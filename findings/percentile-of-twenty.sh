#!/usr/bin/env bash
# Software: d3-array 3.2.5, simple-statistics 7.12.1, percentile 1.6.0, stats-lite 2.2.0 (npm), MathNet.Numerics 5.0.0 (NuGet).
# Expected: the 95th percentile of a small sample differs a little by the definition; a value that is missing is left out, or the answer is NaN.
# Happens:  of 1 to 19 and 100 it is 19, 23.05, 59.5 or 71.65. With a NaN among 15, 20, 35, 40 the median of simple-statistics is 40, 35 or 20 by the place of the NaN,
#           and the one of percentile is 20. Both count a null as the smallest value; min() of simple-statistics answers it, max() leaves it out, mean() is NaN.
# Matters:  a dashboard and the alert beside it, with two of these libraries, stand on two sides of a limit of 50 ms for the same twenty runs; a node that sent nothing
#           shifts the median of the others.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > runs.mjs <<'E'
import * as d3 from 'd3-array';
import * as simple from 'simple-statistics';
import percentile from 'percentile';
import lite from 'stats-lite';
const runs = [...Array(19).keys()].map(index => index + 1).concat(100);
const quantiles = { 'd3-array': d3.quantile, 'simple-statistics': simple.quantile, percentile: (values, part) => percentile(part * 100, values), 'stats-lite': lite.percentile };
const show = value => Number.isFinite(value) ? +value.toFixed(2) : String(value);
for (const [name, quantile] of Object.entries(quantiles))
  console.log(`${name}: 95th percentile ${show(quantile(runs, 0.95))}; median with NaN in the middle ${show(quantile([15, 20, NaN, 35, 40], 0.5))}, `
    + `second ${show(quantile([15, NaN, 20, 35, 40], 0.5))}, last ${show(quantile([15, 20, 35, 40, NaN], 0.5))}; with null ${show(quantile([15, 20, 35, 40, null], 0.5))}`);
console.log(`simple-statistics, 10, null, 20: median ${simple.median([10, null, 20])}, min ${simple.min([10, null, 20])}, max ${simple.max([10, null, 20])}, mean ${simple.mean([10, null, 20])}`);
E
cat > runs.cs <<'E'
#:package MathNet.Numerics@5.0.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using MathNet.Numerics.Statistics;
double[] runs = [.. Enumerable.Range(1, 19), 100];
Console.WriteLine($"MathNet: 95th percentile {runs.Quantile(0.95):0.##}; median with NaN {new[] { 15, 20, double.NaN, 35, 40 }.Quantile(0.5)}; null left out of the mean {new double?[] { 10, null, 20 }.Mean()}");
E
cat > expected <<'E'
d3-array: 95th percentile 23.05; median with NaN in the middle 27.5, second 27.5, last 27.5; with null 27.5
simple-statistics: 95th percentile 23.05; median with NaN in the middle 40, second 35, last 20; with null 20
percentile: 95th percentile 19; median with NaN in the middle 20, second 20, last 20; with null 20
stats-lite: 95th percentile 59.5; median with NaN in the middle 27.5, second 27.5, last 27.5; with null 27.5
simple-statistics, 10, null, 20: median 10, min null, max 20, mean NaN
MathNet: 95th percentile 71.65; median with NaN NaN; null left out of the mean 15
E
npm install --silent --no-audit --no-fund d3-array@3.2.5 simple-statistics@7.12.1 percentile@1.6.0 stats-lite@2.2.0 >/dev/null
{ node runs.mjs; dotnet run runs.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries calculate otherwise than noted"; exit 1; }
