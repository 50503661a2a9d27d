#!/usr/bin/env bash
# Software: node-object-hash 3.1.1, object-hash 3.0.0, ohash 2.0.12 and hash-it 7.0.2 (npm).
# Expected: two specs have one hash when they say the same: the order of members does not count, the order of steps does; 1, "1" and true are three values; what JSON drops makes no
#           difference.
# Happens:  node-object-hash sorts lists as well, so steps in another order have the same hash, and takes 1, "1" and true for one value, a Date for its text. In all four a member that
#           is undefined counts, so a spec has another hash after a trip through JSON. hash-it takes an object of a class for a plain one, the others do not, so the model and its JSON
#           differ there.
# Matters:  "has the spec changed?" is no for a pipeline whose steps were swapped or whose switch went from true to 1, and nothing is rolled out; and it is yes for one that was saved
#           and loaded.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > hash.mjs <<'E'
import { createRequire } from 'node:module';
import { hash as ohash } from 'ohash';
import * as hashIt from 'hash-it';
const require = createRequire(import.meta.url), objectHash = require('object-hash'), nodeObjectHash = require('node-object-hash').hasher();
const hashes = { 'node-object-hash': value => nodeObjectHash.hash(value), 'object-hash': value => objectHash(value), ohash, 'hash-it': hashIt.hash ?? hashIt.default };
class Spec { name = 'a'; }
const pairs = {
  'members in another order': [{ a: 1, b: 2 }, { b: 2, a: 1 }], 'steps in another order': [{ steps: ['read', 'write'] }, { steps: ['write', 'read'] }], '1 and "1"': [{ retries: 1 }, { retries: '1' }],
  '1 and true': [{ retries: 1 }, { retries: true }], 'a Date and its text': [{ at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }], 'undefined and absent': [{ a: 1, b: undefined }, { a: 1 }], 'a class and its members': [new Spec(), { name: 'a' }],
};
for (const [what, [one, other]] of Object.entries(pairs))
  console.log(`${what}: ${Object.entries(hashes).map(([name, hash]) => `${name} ${hash(one) === hash(other) ? 'same' : 'different'}`).join(', ')}`);
E
cat > expected <<'E'
members in another order: node-object-hash same, object-hash same, ohash same, hash-it same
steps in another order: node-object-hash same, object-hash different, ohash different, hash-it different
1 and "1": node-object-hash same, object-hash different, ohash different, hash-it different
1 and true: node-object-hash same, object-hash different, ohash different, hash-it different
a Date and its text: node-object-hash same, object-hash different, ohash different, hash-it different
undefined and absent: node-object-hash different, object-hash different, ohash different, hash-it different
a class and its members: node-object-hash different, object-hash different, ohash different, hash-it same
E
npm install --silent --no-audit --no-fund node-object-hash@3.1.1 object-hash@3.0.0 ohash@2.0.12 hash-it@7.0.2 >/dev/null
node hash.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: specs are hashed otherwise than noted"; exit 1; }
