#!/usr/bin/env bash
# Software: liqe 3.8.7 (npm), the filter language that is made to be Lucene's; search-query-parser 1.6.0 (npm).
# Expected: name:"edge-1" is the node of that name, upper and lower case are one or two throughout, a value with a dot or a name of a label can be written; a parser gives one shape of
#           answer.
# Happens:  liqe looks for the text anywhere in the value, quoted or not, so edge-1 finds edge-10 and "failed" finds "not failed"; for equality only a pattern helps. Quotes make it
#           mind case. A bare version, a time or a label with a slash is a syntax error. "state:=failed" is refused: = is for numbers alone. search-query-parser gives an object for a
#           query with a keyword and the bare text for one without, where it leaves -word in; a range of two ISO dates has one end.
# Matters:  "stop the node edge-1" by a filter stops edge-10 to edge-19 as well, and the preview of a fleet of nine shows nothing of it. A search box that reads .text fails, or shows
#           all, when nobody typed a keyword.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > filter.mjs <<'E'
import * as liqe from 'liqe';
import search from 'search-query-parser';
const fleet = [{ name: 'edge-1', state: 'failed' }, { name: 'edge-10', state: 'not failed' }, { name: 'Edge-1', state: 'completed' }];
for (const filter of ['name:edge-1', 'name:"edge-1"', 'name:/^edge-1$/', 'state:failed', 'state:=failed', 'version:1.10.0', 'version:"1.10.0"', 'kubernetes.io/os:linux', 'at:2026-01-01T10:00']) {
  let found;
  try { found = liqe.filter(liqe.parse(filter), fleet).map(node => node.name).join(' ') || 'nothing'; } catch (error) { found = error.constructor.name; }
  console.log(`liqe ${filter}: ${found}`);
}
for (const text of ['state:failed disk', 'disk', 'disk -full', 'at:5-10', 'at:2026-01-01-2026-01-05']) {
  const answer = search.parse(text, { keywords: ['state'], ranges: ['at'], offsets: false });
  console.log(`search-query-parser ${text}: ${JSON.stringify(answer)}`);
}
E
cat > expected <<'E'
liqe name:edge-1: edge-1 edge-10 Edge-1
liqe name:"edge-1": edge-1 edge-10
liqe name:/^edge-1$/: edge-1
liqe state:failed: edge-1 edge-10
liqe state:=failed: TypeError
liqe version:1.10.0: SyntaxError
liqe version:"1.10.0": nothing
liqe kubernetes.io/os:linux: SyntaxError
liqe at:2026-01-01T10:00: SyntaxError
search-query-parser state:failed disk: {"text":"disk","state":"failed","exclude":{}}
search-query-parser disk: "disk"
search-query-parser disk -full: "disk -full"
search-query-parser at:5-10: {"at":{"from":"5","to":"10"},"exclude":{}}
search-query-parser at:2026-01-01-2026-01-05: {"at":{"from":"2026-01-01-2026-01-05"},"exclude":{}}
E
npm install --silent --no-audit --no-fund liqe@3.8.7 search-query-parser@1.6.0 >/dev/null
node filter.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: filters are read otherwise than noted"; exit 1; }
