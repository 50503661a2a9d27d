#!/usr/bin/env bash
# Software: jstat 1.9.6 (npm), MathNet.Numerics 5.0.0 (NuGet): the chances of counts.
# Expected: a probability is between 0 and 1, for as many events as one counts in a day; both libraries agree, and 5 of 5 or 0 of many are counts like others.
# Happens:  jstat says that Poisson with a mean of 150 has the chance Infinity, and from 171 on NaN; binomial the same in the middle of 2000. MathNet is right there, and
#           gives NaN for "at most 5 of 5" where each one hits, which is certain and whose own chance it says is 1. It refuses a mean of 0, which jstat takes.
# Matters:  the alarm "more failures than chance would show" is silent from the day on which the fleet is large enough, and for the job that fails on every node: each comparison with NaN is false.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > chances.mjs <<'E'
import { createRequire } from 'module';
const { jStat } = createRequire(import.meta.url)('jstat');
const say = n => Number.isFinite(n) ? n.toFixed(3) : String(n);
for (const mean of [0, 100, 150, 200]) console.log(`jstat: at most ${mean} where ${mean} are expected: ${say(jStat.poisson.cdf(mean, mean))}`);
for (const all of [4, 1000, 2000]) console.log(`jstat: half of ${all} with even chances: ${say(jStat.binomial.pdf(all / 2, all, 0.5))}`);
console.log(`jstat: at most 5 of 5 where each hits: ${say(jStat.binomial.cdf(5, 5, 1))}`);
E
cat > chances.cs <<'E'
#:package MathNet.Numerics@5.0.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using MathNet.Numerics.Distributions;
foreach (var mean in new[] { 0, 100, 150, 200 }) Say($"at most {mean} where {mean} are expected", () => new Poisson(mean).CumulativeDistribution(mean));
foreach (var all in new[] { 4, 1000, 2000 }) Say($"half of {all} with even chances", () => Binomial.PMF(0.5, all, all / 2));
Say("at most 5 of 5 where each hits", () => Binomial.CDF(1, 5, 5));
Say("5 of 5 where each hits", () => Binomial.PMF(1, 5, 5));
static void Say(string name, Func<double> chance)
{
    string said;
    try { said = chance().ToString("F3"); }
    catch (ArgumentException) { said = "refused"; }
    Console.WriteLine($"MathNet: {name}: {said}");
}
E
cat > expected <<'E'
jstat: at most 0 where 0 are expected: 1.000
jstat: at most 100 where 100 are expected: 0.527
jstat: at most 150 where 150 are expected: Infinity
jstat: at most 200 where 200 are expected: NaN
jstat: half of 4 with even chances: 0.375
jstat: half of 1000 with even chances: 0.025
jstat: half of 2000 with even chances: Infinity
jstat: at most 5 of 5 where each hits: 1.000
MathNet: at most 0 where 0 are expected: refused
MathNet: at most 100 where 100 are expected: 0.527
MathNet: at most 150 where 150 are expected: 0.522
MathNet: at most 200 where 200 are expected: 0.519
MathNet: half of 4 with even chances: 0.375
MathNet: half of 1000 with even chances: 0.025
MathNet: half of 2000 with even chances: 0.018
MathNet: at most 5 of 5 where each hits: NaN
MathNet: 5 of 5 where each hits: 1.000
E
npm install --silent --no-audit --no-fund jstat@1.9.6 >/dev/null
{ node chances.mjs; dotnet run chances.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries count otherwise than noted"; exit 1; }
