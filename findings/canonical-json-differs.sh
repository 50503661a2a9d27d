#!/usr/bin/env bash
# Software: canonicalize 5.1.0, json-canonicalize 3.0.1, canonical-json 0.4.0, @tufjs/canonical-json 2.0.0 and another-json 0.2.0 (npm).
# Expected: canonical JSON is JSON in one form: each of the five writes the same bytes for plain data, or refuses, and any reader of JSON reads them.
# Happens:  the first two agree (RFC 8785). @tufjs/canonical-json takes no fraction and writes control characters bare, which is no JSON; another-json writes them as \U0001, which is
#           none either. Both write a Date as {}. canonical-json leaves keys of digits in the order of numbers, 9 before 10. NaN is null in two, refused in three.
# Matters:  entries of an audit log are chained by the hash of their canonical form. A peer with the other library of that name gets another hash for labels such as "9" and "10" or for
#           a message with an escape character, and reports a broken chain where nothing is wrong.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > write.mjs <<'E'
import canonicalize from 'canonicalize';
import { canonicalize as jsonCanonicalize } from 'json-canonicalize';
import canonicalJson from 'canonical-json';
import tuf from '@tufjs/canonical-json';
import another from 'another-json';
const writers = { canonicalize, 'json-canonicalize': jsonCanonicalize, 'canonical-json': canonicalJson, '@tufjs/canonical-json': tuf.canonicalize, 'another-json': another.stringify };
const values = {
  'keys of digits': { 10: 'b', 9: 'a', edge: 'c' }, 'a time': { at: new Date(0) }, 'a fraction': { load: 0.5 },
  'an escape character': { message: '\u001b[31mfailed' }, 'what is unset': { a: 1, b: undefined }, NaN: { rate: NaN },
};
for (const [what, value] of Object.entries(values)) {
  console.log(what);
  for (const [name, write] of Object.entries(writers)) {
    let text, read = 'JSON';
    try { text = write(value); } catch { text = 'refused'; }
    try { JSON.parse(text); } catch { read = 'no JSON'; }
    console.log(`  ${name}: ${text === 'refused' ? text : `${text.replaceAll('\u001b', '<ESC>')} (${read})`}`);
  }
}
E
cat > expected <<'E'
keys of digits
  canonicalize: {"10":"b","9":"a","edge":"c"} (JSON)
  json-canonicalize: {"10":"b","9":"a","edge":"c"} (JSON)
  canonical-json: {"9":"a","10":"b","edge":"c"} (JSON)
  @tufjs/canonical-json: {"10":"b","9":"a","edge":"c"} (JSON)
  another-json: {"10":"b","9":"a","edge":"c"} (JSON)
a time
  canonicalize: {"at":"1970-01-01T00:00:00.000Z"} (JSON)
  json-canonicalize: {"at":"1970-01-01T00:00:00.000Z"} (JSON)
  canonical-json: {"at":"1970-01-01T00:00:00.000Z"} (JSON)
  @tufjs/canonical-json: {"at":{}} (JSON)
  another-json: {"at":{}} (JSON)
a fraction
  canonicalize: {"load":0.5} (JSON)
  json-canonicalize: {"load":0.5} (JSON)
  canonical-json: {"load":0.5} (JSON)
  @tufjs/canonical-json: refused
  another-json: {"load":0.5} (JSON)
an escape character
  canonicalize: {"message":"\u001b[31mfailed"} (JSON)
  json-canonicalize: {"message":"\u001b[31mfailed"} (JSON)
  canonical-json: {"message":"\u001b[31mfailed"} (JSON)
  @tufjs/canonical-json: {"message":"<ESC>[31mfailed"} (no JSON)
  another-json: {"message":"\U001B[31mfailed"} (no JSON)
what is unset
  canonicalize: {"a":1} (JSON)
  json-canonicalize: {"a":1} (JSON)
  canonical-json: {"a":1} (JSON)
  @tufjs/canonical-json: refused
  another-json: refused
NaN
  canonicalize: refused
  json-canonicalize: refused
  canonical-json: {"rate":null} (JSON)
  @tufjs/canonical-json: refused
  another-json: {"rate":null} (JSON)
E
npm install --silent --no-audit --no-fund canonicalize@5.1.0 json-canonicalize@3.0.1 canonical-json@0.4.0 @tufjs/canonical-json@2.0.0 another-json@0.2.0 >/dev/null
node write.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries write otherwise than noted"; exit 1; }
