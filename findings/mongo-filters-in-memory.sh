#!/usr/bin/env bash
# Software: sift 17.1.4, mingo 7.2.6, lokijs 1.5.12 and @seald-io/nedb 4.1.2 (npm), which take filters in the form of MongoDB.
# Expected: one filter finds the same records in all four; what has no value, or a text, is not below 5.
# Happens:  for lokijs null, a missing value and NaN are below 5, and so is the text "4". {cpu: null} finds what has no cpu in two of
#           them and not in the others. NaN is at least 0 in mingo. "at most null" finds four different sets, $not is an error in nedb.
# Matters:  a filter that is checked in the browser and asked of a store on the device lists other nodes; "cpu below 5" fills up with nodes that never sent any.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > find.mjs <<'E'
import Nedb from '@seald-io/nedb';
import Loki from 'lokijs';
import { Query } from 'mingo';
import sift from 'sift';
const nodes = [{ id: 'low', cpu: 3 }, { id: 'high', cpu: 90 }, { id: 'null', cpu: null }, { id: 'missing' }, { id: 'text', cpu: '4' }, { id: 'nan', cpu: NaN }];
const loki = new Loki('fleet').addCollection('nodes'), nedb = new Nedb();
loki.insert(structuredClone(nodes));
await nedb.insertAsync(structuredClone(nodes));
for (const filter of [{ cpu: { $lt: 5 } }, { cpu: { $gte: 0 } }, { cpu: { $lte: null } }, { cpu: null }, { cpu: { $not: { $gt: 5 } } }]) {
  console.log(JSON.stringify(filter));
  for (const [name, find] of Object.entries({
    sift: () => nodes.filter(sift(filter)),
    mingo: () => nodes.filter(node => new Query(filter).test(node)),
    lokijs: () => loki.find(filter),
    nedb: () => nedb.findAsync(filter),
  })) {
    let answer;
    try { answer = (await find()).map(node => node.id).sort().join(' ') || 'nothing'; } catch { answer = 'error'; }
    console.log(`  ${name}: ${answer}`);
  }
}
E
cat > expected <<'E'
{"cpu":{"$lt":5}}
  sift: low
  mingo: low
  lokijs: low missing nan null text
  nedb: low
{"cpu":{"$gte":0}}
  sift: high low
  mingo: high low nan
  lokijs: high low text
  nedb: high low
{"cpu":{"$lte":null}}
  sift: missing null
  mingo: null
  lokijs: missing nan null
  nedb: nothing
{"cpu":null}
  sift: missing null
  mingo: missing null
  lokijs: null
  nedb: null
{"cpu":{"$not":{"$gt":5}}}
  sift: low missing nan null text
  mingo: low missing nan null text
  lokijs: low missing nan null text
  nedb: error
E
npm install --silent --no-audit --no-fund sift@17.1.4 mingo@7.2.6 lokijs@1.5.12 @seald-io/nedb@4.1.2 >/dev/null
node find.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries find otherwise than noted"; exit 1; }
