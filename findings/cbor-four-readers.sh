#!/usr/bin/env bash
# Software: cbor-x 1.6.8, cborg 6.1.5, cbor 10.0.12 and borc 3.0.0 (npm).
# Expected: CBOR that follows RFC 8949 is read by each into the same value; a value that one writes the others read as what it was.
# Happens:  whole numbers as keys, as SenML and LwM2M have them, are an error in cborg; cbor-x makes texts of them, so of the keys 1 and "1" one is lost; the other two give a Map. A
#           text in pieces is refused by two. The tag that says "this is CBOR" is taken off by one, kept by two, refused by one. borc writes a Date without its milliseconds and a Set
#           as a list, cbor a BigInt of 5 as a big number in bytes, cborg floats as mere bytes.
# Matters:  packages of the same name on device and server: a report is refused because its text came in pieces, times of events within a second become equal, and records whose keys
#           are numbers have names here and numbers there.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > read.mjs <<'E'
import { createRequire } from 'node:module';
import * as cborx from 'cbor-x';
import * as cborg from 'cborg';
const require = createRequire(import.meta.url), cbor = require('cbor'), borc = require('borc');
const libraries = { 'cbor-x': [cborx.encode, cborx.decode], cborg: [cborg.encode, cborg.decode], cbor: [cbor.encode, cbor.decodeFirstSync], borc: [borc.encode, borc.decode] };
const show = value => value instanceof Map ? `Map ${show([...value])}` : value?.tag ? `tag ${value.tag}` : JSON.stringify(value);
const tell = run => { try { return run(); } catch { return 'error'; } };
for (const [what, hex] of Object.entries({ 'keys 1 and "1"': 'a201616161316162', 'a text in pieces': '7f61616162ff', 'tagged as CBOR': 'd9d9f7a1616101' }))
  console.log(`${what}: ${Object.entries(libraries).map(([name, [, decode]]) => `${name} ${tell(() => show(decode(Buffer.from(hex, 'hex'))))}`).join('; ')}`);
for (const [what, value] of Object.entries({ 'a time with milliseconds': new Date(1767225600123), 'BigInt 5': 5n, 'a Set': new Set([1]), 'two floats': new Float32Array([1, 2]) }))
  console.log(`${what}, written: ${Object.entries(libraries).map(([name, [encode]]) => `${name} ${tell(() => Buffer.from(encode(value)).toString('hex'))}`).join('; ')}`);
E
cat > expected <<'E'
keys 1 and "1": cbor-x {"1":"b"}; cborg error; cbor Map [[1,"a"],["1","b"]]; borc Map [[1,"a"],["1","b"]]
a text in pieces: cbor-x error; cborg error; cbor "ab"; borc "ab"
tagged as CBOR: cbor-x {"a":1}; cborg error; cbor tag 55799; borc tag 55799
a time with milliseconds, written: cbor-x c1fb41da556e4007df3b; cborg error; cbor c1fb41da556e4007df3b; borc c11a6955b900
BigInt 5, written: cbor-x 1b0000000000000005; cborg 05; cbor c24105; borc error
a Set, written: cbor-x d901028101; cborg error; cbor d901028101; borc 8101
two floats, written: cbor-x d855480000803f00000040; cborg 480000803f00000040; cbor d855480000803f00000040; borc error
E
npm install --silent --no-audit --no-fund --ignore-scripts cbor-x@1.6.8 cborg@6.1.5 cbor@10.0.12 borc@3.0.0 >/dev/null 2>&1
node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: values are read or written otherwise than noted"; exit 1; }
