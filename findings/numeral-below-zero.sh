#!/usr/bin/env bash
# Software: numeral 2.0.6 (npm).
# Expected: a number format shows a very small number as 0.00, a negative duration with the digits of the positive one, and no number as something other than 0.
# Happens:  numbers below 1e-6 are "NaN", as are those from 1e21 on. -3725 s is -2:57:55, while 3725 s is 1:02:05. NaN and null are 0.0. A text with a colon
#           is read as a time in seconds, "1,5" is 15, "10 GB" is 10^10 and "10GiB" in powers of two.
# Matters:  an idle rate shows "NaN", a node without a value shows 0, and a clock that is an hour slow seems to be three hours slow.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > show.mjs <<'E'
import numeral from 'numeral';
for (const value of [0.001, 1e-7, -1e-7, 1e21, null, NaN]) console.log(`${value} as 0.0: ${numeral(value).format('0.0')}`);
for (const seconds of [3725, -3725, 59, -59, 90061]) console.log(`${seconds} s as 00:00:00: ${numeral(seconds).format('00:00:00')}`);
for (const text of ['12:30', '1,5', '10 GB', '10GiB', '1.5k', 'edge-7']) console.log(`"${text}" is read as ${numeral(text).value()}`);
E
cat > expected <<'E'
0.001 as 0.0: 0.0
1e-7 as 0.0: NaN
-1e-7 as 0.0: NaN
1e+21 as 0.0: NaN
null as 0.0: 0.0
NaN as 0.0: 0.0
3725 s as 00:00:00: 1:02:05
-3725 s as 00:00:00: -2:57:55
59 s as 00:00:00: 0:00:59
-59 s as 00:00:00: -1:59:01
90061 s as 00:00:00: 25:01:01
"12:30" is read as 750
"1,5" is read as 15
"10 GB" is read as 10000000000
"10GiB" is read as 10737418240
"1.5k" is read as 1500
"edge-7" is read as NaN
E
npm install --silent --no-audit --no-fund numeral@2.0.6 >/dev/null
node show.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: numeral reads or shows numbers otherwise than noted"; exit 1; }
