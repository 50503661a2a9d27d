#!/usr/bin/env bash
# Software: fuse.js 7.5.0, fuzzysort 4.0.2, @leeoniya/ufuzzy 1.0.19, match-sorter 8.3.0 and minisearch 7.2.0 (npm).
# Expected: a fuzzy search finds at least what holds the very words, with the exact name first; an empty box shows everything or nothing in each.
# Happens:  fuse.js does not find "failed" in a text of 90 letters where it is the 80th and later, but finds "ledger" for it: by default the place of a match counts. ufuzzy puts "edge
#           1" before the exact "edge-1", and minisearch puts "1-edge" before edge-10, since a hyphen divides words. match-sorter does not find edge-1 for "edge 1". An empty query is
#           everything in two, nothing in two, and the first ten in fuzzysort.
# Matters:  a command palette over names and last errors looks right with ten short names; in a fleet the word that the operator typed is in the list and not found, and Enter takes
#           what stands first.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > search.mjs <<'E'
import Fuse from 'fuse.js';
import fuzzysort from 'fuzzysort';
import UFuzzy from '@leeoniya/ufuzzy';
import { matchSorter } from 'match-sorter';
import MiniSearch from 'minisearch';
const long = 'the pipeline that reads the meters of the northern substations and which has since failed';
const names = ['edge-1', 'edge-10', 'edge-2', 'ledger', 'edge 1', '1-edge', 'oslo-edge-1', 'restart node', 'stop execution', 'start execution', 'deploy pipeline', long];
const searches = {
  'fuse.js': text => new Fuse(names).search(text).map(hit => hit.item),
  fuzzysort: text => fuzzysort.go(text, names).map(hit => hit.target),
  ufuzzy: text => { const [found, info, order] = new UFuzzy().search(names, text); return order ? order.map(at => names[info.idx[at]]) : (found ?? []).map(at => names[at]); },
  'match-sorter': text => matchSorter(names, text),
  minisearch: text => {
    const index = new MiniSearch({ fields: ['name'], storeFields: ['name'] });
    index.addAll(names.map((name, id) => ({ id, name })));
    return index.search(text, { prefix: true }).map(hit => hit.name);
  },
};
console.log('the letters before "failed":', long.indexOf('failed'));
for (const text of ['failed', 'edge-1', 'edge 1', ''])
  for (const [name, search] of Object.entries(searches)) {
    const found = search(text);
    console.log(`"${text}" ${name}: ${found.length} found: ${found.slice(0, 4).map(hit => hit === long ? 'the long one' : hit).join(', ')}`);
  }
E
cat > expected <<'E'
the letters before "failed": 83
"failed" fuse.js: 1 found: ledger
"failed" fuzzysort: 1 found: the long one
"failed" ufuzzy: 1 found: the long one
"failed" match-sorter: 1 found: the long one
"failed" minisearch: 1 found: the long one
"edge-1" fuse.js: 7 found: edge-1, edge-10, oslo-edge-1, edge-2
"edge-1" fuzzysort: 3 found: edge-1, edge-10, oslo-edge-1
"edge-1" ufuzzy: 4 found: edge 1, edge-1, oslo-edge-1, edge-10
"edge-1" match-sorter: 3 found: edge-1, edge-10, oslo-edge-1
"edge-1" minisearch: 6 found: edge-1, edge 1, 1-edge, oslo-edge-1
"edge 1" fuse.js: 7 found: edge 1, edge-1, edge-10, oslo-edge-1
"edge 1" fuzzysort: 5 found: edge 1, edge-1, edge-10, 1-edge
"edge 1" ufuzzy: 4 found: edge 1, edge-1, oslo-edge-1, edge-10
"edge 1" match-sorter: 1 found: edge 1
"edge 1" minisearch: 6 found: edge-1, edge 1, 1-edge, oslo-edge-1
"" fuse.js: 12 found: edge-1, edge-10, edge-2, ledger
"" fuzzysort: 10 found: edge-1, edge-10, edge-2, ledger
"" ufuzzy: 0 found: 
"" match-sorter: 12 found: 1-edge, deploy pipeline, edge 1, edge-1
"" minisearch: 0 found: 
E
npm install --silent --no-audit --no-fund fuse.js@7.5.0 fuzzysort@4.0.2 @leeoniya/ufuzzy@1.0.19 match-sorter@8.3.0 minisearch@7.2.0 >/dev/null
node search.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries find otherwise than noted"; exit 1; }
