#!/usr/bin/env bash
# Software: memory-cache 0.2.0, expiry-map 2.0.0, memoizee 0.4.17, node-cache 5.1.2 and @isaacs/ttlcache 2.1.5 (npm), Node.js 20.
# Expected: what is put into a cache for 30 days is in it a moment later.
# Happens:  memory-cache and expiry-map wait for the end with one timer. Node.js has timers of at most 24.8 days and turns a longer one into one of a millisecond: the entry is gone
#           at once, with a warning of Node.js on the error output that names no cache. memoizee throws. The other two keep the entry.
# Matters:  raising a time to live from 24 to 25 days switches the cache off; what it was to spare, a slow or metered call, is made each time.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > keep.mjs <<'E'
import memoryCache from 'memory-cache';
import ExpiryMap from 'expiry-map';
import memoizee from 'memoizee';
import NodeCache from 'node-cache';
import { TTLCache } from '@isaacs/ttlcache';
const put = {
  'memory-cache': ttl => { memoryCache.put('version', '2.1', ttl); return () => memoryCache.get('version'); },
  'expiry-map': ttl => { const cache = new ExpiryMap(ttl); cache.set('version', '2.1'); return () => cache.get('version'); },
  memoizee: ttl => { let calls = 0; const ask = memoizee(() => ++calls, { maxAge: ttl }); ask(); return () => ask() === 1 ? '2.1' : undefined; },
  'node-cache': ttl => { const cache = new NodeCache({ checkperiod: 0 }); cache.set('version', '2.1', ttl / 1000); return () => cache.get('version'); },
  '@isaacs/ttlcache': ttl => { const cache = new TTLCache({ ttl }); cache.set('version', '2.1'); return () => cache.get('version'); },
};
for (const [name, into] of Object.entries(put)) {
  const answers = [];
  for (const days of [24, 25, 30]) {
    try {
      const get = into(days * 24 * 3600 * 1000);
      await new Promise(done => setTimeout(done, 100));
      answers.push(`${days} days: ${get() ? 'kept' : 'gone'}`);
    } catch { answers.push(`${days} days: error`); }
  }
  console.log(`${name}: ${answers.join(', ')}`);
}
process.exit();
E
cat > expected <<'E'
memory-cache: 24 days: kept, 25 days: gone, 30 days: gone
expiry-map: 24 days: kept, 25 days: gone, 30 days: gone
memoizee: 24 days: kept, 25 days: error, 30 days: error
node-cache: 24 days: kept, 25 days: kept, 30 days: kept
@isaacs/ttlcache: 24 days: kept, 25 days: kept, 30 days: kept
E
npm install --silent --no-audit --no-fund memory-cache@0.2.0 expiry-map@2.0.0 memoizee@0.4.17 node-cache@5.1.2 @isaacs/ttlcache@2.1.5 >/dev/null
node --no-warnings keep.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the caches keep otherwise than noted"; exit 1; }
