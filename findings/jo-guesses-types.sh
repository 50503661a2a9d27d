#!/usr/bin/env bash
# Software: jo 1.9 (Debian jo 1.9-1).
# Expected: a value that is handed to jo reaches the JSON as it is, as a number only if it was written as a JSON number and fits.
# Happens:  the id 12e45 is 1.2e+46, the node 007 is 7, the version 1.10 is 1.1 and 0x1f is 31, though none but the third is a JSON number. Long ids are rounded.
#           An empty value is null. What begins with : or @ or % is the name of a file to read. Only -s in front of each value keeps it.
# Matters:  a script on a device that reports with "jo id=$id version=$version" works until one id consists of digits and an e, and mixes up 1.1 and 1.10 always.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s jo >/dev/null 2>&1 || apt-get install -y --no-install-recommends jo >/dev/null
version=$(dpkg-query -W -f '${Version}' jo)
[ "$version" = 1.9-1 ] || { echo "jo is $version, this was seen on 1.9-1"; exit 1; }
cat > expected <<'E'
value=12e4567: {"value":"12e4567"}
value=12e45: {"value":1.2e+46}
value=007: {"value":7}
value=1.10: {"value":1.1}
value=0x1f: {"value":31}
value=+49301234: {"value":49301234}
value=12345678901234567890: {"value":1.234567890123457e+19}
value=2.1.0: {"value":"2.1.0"}
value=: {"value":null}
value=@inlet: {"value":"42 °C"}
-s value=12e45: {"value":"12e45"}
-s value=007: {"value":"007"}
-s value=1.10: {"value":"1.10"}
-s value=: {"value":""}
E
echo "42 °C" > inlet
{
    for value in 12e4567 12e45 007 1.10 0x1f +49301234 12345678901234567890 2.1.0 "" @inlet; do echo "value=$value: $(jo value="$value")"; done
    for value in 12e45 007 1.10 ""; do echo "-s value=$value: $(jo -- -s value="$value")"; done
} > seen
cat seen
diff expected seen || { echo "CHANGED: jo guesses otherwise than noted"; exit 1; }
