#!/usr/bin/env bash
# Software: lwm2m-codec 0.1.1 (npm), TLV and JSON of LwM2M.
# Expected: each whole number of 64 bits can be written in TLV, in as few bytes as it needs, as the standard has it; what is written is read back, in both forms.
# Happens:  in TLV the width is chosen as if numbers had no sign and written as if they had one: 128 to 255, 32768 to 65535 and all past 2038 (2147483647) are thrown out as "out of
#           range", 127 and 70000 are right, and so are -128, not -129. 1.5 in a whole number is 1. A list of error codes comes back as texts from TLV, and from JSON with its first
#           member only. A resource of an object that is not known is read as hexadecimal digits.
# Matters:  a battery of 100 % is told, the free memory of 200 kB throws, that of 100 or 70000 does not; the device is then silent for a whole report, by the value of one resource. A
#           device with two errors has one in the dashboard.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > codec.mjs <<'E'
import codec from 'lwm2m-codec';
for (const form of ['tlv', 'json'])
  for (const [path, value] of [...[127, 128, 255, 256, 32768, 70000, -128, -129, 1.5].map(free => ['/3/0', { 10: free }]), ['/3/0', { 13: 2147483647 }], ['/3/0', { 13: 2147483648 }], ['/3/0', { 11: { 0: 1, 1: 2 } }], ['/99999/0', { 1: 5, 2: 'on' }]]) {
    let read;
    try { read = JSON.stringify(codec.decode(form, path, codec.encode(form, path, value))); } catch (error) { read = error.message.split('.')[0]; }
    console.log(`${form} ${path} ${JSON.stringify(value)}: ${read}`);
  }
E
cat > expected <<'E'
tlv /3/0 {"10":127}: {"memFree":127}
tlv /3/0 {"10":128}: The value of "value" is out of range
tlv /3/0 {"10":255}: The value of "value" is out of range
tlv /3/0 {"10":256}: {"memFree":256}
tlv /3/0 {"10":32768}: The value of "value" is out of range
tlv /3/0 {"10":70000}: {"memFree":70000}
tlv /3/0 {"10":-128}: {"memFree":-128}
tlv /3/0 {"10":-129}: The value of "value" is out of range
tlv /3/0 {"10":1.5}: {"memFree":1}
tlv /3/0 {"13":2147483647}: {"currTime":2147483647}
tlv /3/0 {"13":2147483648}: The value of "value" is out of range
tlv /3/0 {"11":{"0":1,"1":2}}: {"errCode":{"0":"1","1":"2"}}
tlv /99999/0 {"1":5,"2":"on"}: {"1":"05","2":"6f6e"}
json /3/0 {"10":127}: {"memFree":127}
json /3/0 {"10":128}: {"memFree":128}
json /3/0 {"10":255}: {"memFree":255}
json /3/0 {"10":256}: {"memFree":256}
json /3/0 {"10":32768}: {"memFree":32768}
json /3/0 {"10":70000}: {"memFree":70000}
json /3/0 {"10":-128}: {"memFree":-128}
json /3/0 {"10":-129}: {"memFree":-129}
json /3/0 {"10":1.5}: {"memFree":1.5}
json /3/0 {"13":2147483647}: {"currTime":2147483647}
json /3/0 {"13":2147483648}: {"currTime":2147483648}
json /3/0 {"11":{"0":1,"1":2}}: {"errCode":{"0":1}}
json /99999/0 {"1":5,"2":"on"}: {"1":5,"2":"on"}
E
npm install --silent --no-audit --no-fund lwm2m-codec@0.1.1 >/dev/null
node codec.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: values are written otherwise than noted"; exit 1; }
