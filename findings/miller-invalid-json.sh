#!/usr/bin/env bash
# Software: Miller 6.6.0 (Debian miller 6.6.0-2+b3), Node.js 20 and Python 3 (Debian 12) as readers.
# Expected: a tool that turns CSV into JSON writes JSON: what JSON does not know as a number becomes a number that it knows, or a text.
# Happens:  what Miller takes for a number is written as it stands in the CSV. 0xff, .5, 5. and 0b101 come out bare, and no JSON reader takes the file.
#           Texts such as 007, +3 and Inf, which look as much like numbers, are quoted.
# Matters:  a column of hexadecimal ids or flags in an export is enough to break the usual way from CSV to a JSON tool, and only on the days that have such a value.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s miller >/dev/null 2>&1 || apt-get install -y --no-install-recommends miller >/dev/null
version=$(dpkg-query -W -f '${Version}' miller)
[ "$version" = 6.6.0-2+b3 ] || { echo "miller is $version, this was seen on 6.6.0-2+b3"; exit 1; }

printf 'node,flags,ratio,load,mask,id,change,limit\nedge-1,0xff,.5,5.,0b101,007,+3,Inf\n' > nodes.csv
mlr --icsv --ojson cat nodes.csv > nodes.json
{
    tr -d '\n' < nodes.json; echo
    node -e 'JSON.parse(require("fs").readFileSync("nodes.json"))' 2>/dev/null && echo "Node.js: read" || echo "Node.js: refused"
    /usr/bin/python3 -c 'import json; json.load(open("nodes.json"))' 2>/dev/null && echo "Python: read" || echo "Python: refused"
} > seen
cat > expected <<'E'
[{  "node": "edge-1",  "flags": 0xff,  "ratio": .5,  "load": 5.,  "mask": 0b101,  "id": "007",  "change": "+3",  "limit": "Inf"}]
Node.js: refused
Python: refused
E
cat seen
diff expected seen || { echo "CHANGED: Miller writes otherwise than noted"; exit 1; }
