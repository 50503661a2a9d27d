#!/usr/bin/env bash
# Software: net-snmp 3.29.2 (npm) with a real agent, snmpd 5.9.3 (Debian snmpd 5.9.3+dfsg-2+deb12u1).
# Expected: a Counter64 is a number, a BigInt or a text; a name is a text; asking for what a device does not have is an error, as its documentation shows "if (error)".
# Happens:  a Counter64 is a Buffer of as many bytes as it needs, whose JSON is an object with a list of numbers; a text is a Buffer too. What the device does not have is no error: the
#           value is null and has a type that one must ask for; by version 1 of the protocol the same question fails as a whole.
# Matters:  the bytes of an interface, the first thing anyone draws, come out as no line at all, while its errors (32 bits) are drawn; a sensor that was taken out is 0 or null in the
#           list, not "gone".
set -euo pipefail
dir=$(mktemp -d); agent=; trap 'kill $agent 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s snmpd >/dev/null 2>&1 || apt-get install -y --no-install-recommends snmpd >/dev/null
version=$(dpkg-query -W -f '${Version}' snmpd)
[ "$version" = 5.9.3+dfsg-2+deb12u1 ] || { echo "snmpd is $version, this was seen on 5.9.3+dfsg-2+deb12u1"; exit 1; }

port=$((20000 + RANDOM % 20000))
printf 'agentaddress udp:127.0.0.1:%s\nrocommunity public 127.0.0.1\nsysname edge-1\n' "$port" > snmpd.conf
cat > ask.mjs <<'E'
import { promisify } from 'node:util';
import snmp from 'net-snmp';
const questions = { 'sysName': '1.3.6.1.2.1.1.5.0', 'ifInErrors.1': '1.3.6.1.2.1.2.2.1.14.1', 'ifHCInOctets.1': '1.3.6.1.2.1.31.1.1.1.6.1', 'ifInErrors.999999': '1.3.6.1.2.1.2.2.1.14.999999' };
for (const version of [snmp.Version2c, snmp.Version1]) {
  const session = snmp.createSession('127.0.0.1', 'public', { port: Number(process.argv[2]), version });
  const get = promisify(session.get.bind(session)), name = version === snmp.Version1 ? 'version 1' : 'version 2c';
  for (const [what, oid] of Object.entries(questions)) {
    if (version === snmp.Version1 && what === 'ifHCInOctets.1') continue;
    try {
      const [{ type, value }] = await get([oid]);
      console.log(`${name}, ${what}: ${snmp.ObjectType[type]}, ${Buffer.isBuffer(value) ? `a Buffer${what === 'sysName' ? ` of "${value}"` : `, JSON with a list: ${JSON.stringify(value).startsWith('{"type":"Buffer"')}`}` : value === null ? 'null' : typeof value}`);
    } catch (error) { console.log(`${name}, ${what}: ${error.constructor.name} ${error.message.split(':')[0]}`); }
  }
  session.close();
}
E
cat > expected <<'E'
version 2c, sysName: OctetString, a Buffer of "edge-1"
version 2c, ifInErrors.1: Counter, number
version 2c, ifHCInOctets.1: Counter64, a Buffer, JSON with a list: true
version 2c, ifInErrors.999999: NoSuchInstance, null
version 1, sysName: OctetString, a Buffer of "edge-1"
version 1, ifInErrors.1: Counter, number
version 1, ifInErrors.999999: RequestFailedError NoSuchName
E
npm install --silent --no-audit --no-fund net-snmp@3.29.2 >/dev/null
SNMP_PERSISTENT_DIR=$dir snmpd -f -Ln -C -c "$dir/snmpd.conf" -p "$dir/pid" 2>/dev/null & agent=$!
until [ -s pid ]; do kill -0 $agent; sleep 0.1; done; sleep 1
node ask.mjs "$port" > seen
cat seen
diff expected seen || { echo "CHANGED: values are given otherwise than noted"; exit 1; }
