#!/usr/bin/env bash
# Software: downsample 1.4.0 and downsample-lttb 0.0.1 (npm): series thinned out for charts by "largest triangle, three buckets".
# Expected: a thinned series keeps its peaks and its gaps; what is NaN is a gap, as in the chart that draws it.
# Happens:  one NaN ends both with "Cannot read properties of undefined (reading '0')", from LTD too; LTOB takes it and gives one point twice. A null is weighed as 0. Of a peak and a
#           dip that fall into one bucket the dip is gone. A gap in time does not count: buckets hold equal numbers of points, not equal times, so the edges of an outage are left out.
# Matters:  the chart of a node works for months and is empty on the day a rate was 0/0; "free memory" loses the moment at which there was none, if it had been high a moment before.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > thin.mjs <<'E'
import { LTTB, LTD, LTOB } from 'downsample';
import lttb from 'downsample-lttb';
const series = (count, value) => Array.from({ length: count }, (_, at) => [at, value(at)]);
const thin = (what, reduce) => {
  let answer;
  try { answer = JSON.stringify(reduce()); } catch (error) { answer = error.message; }
  console.log(`${what}: ${answer}`);
};
const unknown = series(20, at => at === 7 ? NaN : at === 13 ? 100 : at % 3);
thin('NaN, LTTB', () => LTTB(unknown, 6));
thin('NaN, LTD', () => LTD(unknown, 6));
thin('NaN, LTOB', () => LTOB(unknown, 6));
thin('NaN, downsample-lttb', () => lttb.processData(unknown, 6));
thin('null among 50, LTTB', () => LTTB(series(20, at => at === 7 ? null : 50), 6));
thin('100 and then -100, LTTB', () => LTTB(series(200, at => at === 60 ? 100 : at === 63 ? -100 : 0), 10));
thin('an outage of 1000 s, LTTB', () => LTTB(series(20, at => at % 3).map(([at, value]) => [at < 10 ? at : at + 1000, value]), 6));
E
cat > expected <<'E'
NaN, LTTB: Cannot read properties of undefined (reading '0')
NaN, LTD: Cannot read properties of undefined (reading '0')
NaN, LTOB: [[0,0],[3,0],[9,0],[13,100],[13,100],[19,1]]
NaN, downsample-lttb: Cannot read properties of undefined (reading '0')
null among 50, LTTB: [[0,50],[4,50],[7,null],[10,50],[14,50],[19,50]]
100 and then -100, LTTB: [[0,0],[1,0],[25,0],[60,100],[75,0],[100,0],[124,0],[149,0],[174,0],[199,0]]
an outage of 1000 s, LTTB: [[0,0],[2,2],[6,0],[1011,2],[1015,0],[1019,1]]
E
npm install --silent --no-audit --no-fund downsample@1.4.0 downsample-lttb@0.0.1 >/dev/null
node thin.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: series are thinned out otherwise than noted"; exit 1; }
