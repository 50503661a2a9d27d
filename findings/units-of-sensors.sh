#!/usr/bin/env bash
# Software: js-quantities 1.8.0, convert-units 2.3.4 and mathjs 15.2.0 (npm).
# Expected: 20 degC is 68 degF, 1 GB is 1000 MB, and "the best unit" of -1500 m is -1.5 km, whichever library is asked.
# Happens:  in js-quantities degC is a difference, so 20 degC is 36 degF, and tempC is the temperature. In convert-units 1 GB is 1024 MB and there is no GiB;
#           the best unit of -1500 m is mm, that of 0 s is ns. In mathjs "5 min" is an error, because min is a function.
# Matters:  a reading is shown off by 32 degrees, a disk off by 7 %, and a falling level as -1500000 mm.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > convert.mjs <<'E'
import Qty from 'js-quantities';
import convert from 'convert-units';
import { evaluate } from 'mathjs';
const show = (name, work) => {
  try { console.log(`  ${name}: ${work()}`); } catch (error) { console.log(`  ${name}: error`); }
};
const best = (value, unit) => { const { val, unit: to } = convert(value).from(unit).toBest(); return `${val} ${to}`; };
console.log('js-quantities');
show('20 degC in degF', () => Qty('20 degC').to('degF'));
show('20 tempC in tempF', () => Qty('20 tempC').to('tempF').toPrec(0.01));
show('1 GB in MB', () => Qty('1 GB').to('MB'));
show('5 min in s', () => Qty('5 min').to('s'));
console.log('convert-units');
show('20 C in F', () => convert(20).from('C').to('F'));
show('1 GB in MB', () => convert(1).from('GB').to('MB'));
show('1 GiB in MB', () => convert(1).from('GiB').to('MB'));
show('best of 1500 m', () => best(1500, 'm'));
show('best of -1500 m', () => best(-1500, 'm'));
show('best of -1500 B', () => best(-1500, 'B'));
show('best of 0 s', () => best(0, 's'));
console.log('mathjs');
show('20 degC in degF', () => evaluate('20 degC to degF'));
show('1 GB in MB', () => evaluate('1 GB to MB'));
show('1 GiB in MB', () => evaluate('1 GiB to MB'));
show('5 min in s', () => evaluate('5 min to s'));
show('5 minutes in s', () => evaluate('5 minutes to s'));
E
cat > expected <<'E'
js-quantities
  20 degC in degF: 36 degF
  20 tempC in tempF: 68 tempF
  1 GB in MB: 1000 MB
  5 min in s: 300 s
convert-units
  20 C in F: 68
  1 GB in MB: 1024
  1 GiB in MB: error
  best of 1500 m: 1.5 km
  best of -1500 m: -1500000 mm
  best of -1500 B: -1500 B
  best of 0 s: 0 ns
mathjs
  20 degC in degF: 68 degF
  1 GB in MB: 1000 MB
  1 GiB in MB: 1073.741824 MB
  5 min in s: error
  5 minutes in s: 300 s
E
npm install --silent --no-audit --no-fund js-quantities@1.8.0 convert-units@2.3.4 mathjs@15.2.0 >/dev/null
node convert.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries convert otherwise than noted"; exit 1; }
