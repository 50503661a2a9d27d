#!/usr/bin/env bash
# Software: @elastic/datemath 5.0.3 and datemath-parser 1.0.6 (npm), asked on Sunday 2026-11-29 12:34:56 UTC.
# Expected: now/w, now-1H and now/q are one moment in both, or refused by both.
# Happens:  the week begins on Sunday in one and on Monday in the other, and on a Sunday the other rounds now/w up, to tomorrow. H and D are units in one and "undefined" in
#           the other, without an exception. A rounding to quarters is left out in silence by one.
# Matters:  "this week" on a page shows another week than the same words in an alert, and none at all on Sundays; a range with 1H is empty, or the last hour.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=UTC
cat > read.mjs <<'E'
import elastic from '@elastic/datemath';
import parser from 'datemath-parser';
const parse = (elastic.default ?? elastic).parse;
const saturday = new Date('2026-11-28T12:34:56Z'), sunday = new Date('2026-11-29T12:34:56Z');
const ask = read => { try { return read()?.toISOString().slice(0, 16) ?? 'undefined'; } catch { return 'error'; } };
for (const [day, now] of [['Saturday', saturday], ['Sunday', sunday]])
  for (const words of ['now/w', 'now-1w/w', 'now-1h', 'now-1H', 'now-1D', 'now/q', 'now-1q', 'now-1.5h'])
    console.log(`${day} ${words}: @elastic/datemath ${ask(() => parse(words, { forceNow: now }))}, datemath-parser ${ask(() => new Date(parser.parse(words, now.getTime())))}`);
E
cat > expected <<'E'
Saturday now/w: @elastic/datemath 2026-11-22T00:00, datemath-parser 2026-11-23T00:00
Saturday now-1w/w: @elastic/datemath 2026-11-15T00:00, datemath-parser 2026-11-16T00:00
Saturday now-1h: @elastic/datemath 2026-11-28T11:34, datemath-parser 2026-11-28T11:34
Saturday now-1H: @elastic/datemath undefined, datemath-parser 2026-11-28T11:34
Saturday now-1D: @elastic/datemath undefined, datemath-parser 2026-11-27T12:34
Saturday now/q: @elastic/datemath undefined, datemath-parser 2026-11-28T12:34
Saturday now-1q: @elastic/datemath undefined, datemath-parser error
Saturday now-1.5h: @elastic/datemath undefined, datemath-parser error
Sunday now/w: @elastic/datemath 2026-11-29T00:00, datemath-parser 2026-11-30T00:00
Sunday now-1w/w: @elastic/datemath 2026-11-22T00:00, datemath-parser 2026-11-23T00:00
Sunday now-1h: @elastic/datemath 2026-11-29T11:34, datemath-parser 2026-11-29T11:34
Sunday now-1H: @elastic/datemath undefined, datemath-parser 2026-11-29T11:34
Sunday now-1D: @elastic/datemath undefined, datemath-parser 2026-11-28T12:34
Sunday now/q: @elastic/datemath undefined, datemath-parser 2026-11-29T12:34
Sunday now-1q: @elastic/datemath undefined, datemath-parser error
Sunday now-1.5h: @elastic/datemath undefined, datemath-parser error
E
npm install --silent --no-audit --no-fund @elastic/datemath@5.0.3 datemath-parser@1.0.6 moment@2.31.0 >/dev/null
node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
