#!/usr/bin/env bash
# Software: jq 1.6 (Debian jq 1.6-2.1+deb12u3), gojq 0.12.11 (Debian gojq 0.12.11-1), its port in Go that other tools have built in.
# Expected: fromdate reads the times that APIs write, with fractions or an offset; a moment is the same one in each zone; limit(0; ...) is nothing; the two agree apart from what gojq's
#           readme lists.
# Happens:  neither reads a fraction of a second, and jq no offset. In jq, strftime("%s") of a moment is off by the zone of the machine, limit(0; ...) gives one, and gsub("^a"; "b")
#           replaces each a, as the text begins anew after each. An index of 1.7 is null in jq and 1 in gojq, a slice from 1 to 2.5 has two members or one; ids of 64 bits are rounded
#           in jq and kept in gojq. Keys are sorted by gojq in tojson as well.
# Matters:  one-liners over the API of executions, whose times have fractions: they stop at the first, or someone cuts the fraction by a pattern and every comparison within a second is
#           wrong. "the newest n" with n = 0 stops one node.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export TZ=Europe/Berlin
for pin in jq=1.6-2.1+deb12u3 gojq=0.12.11-1; do
    dpkg -s "${pin%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends "${pin%=*}" >/dev/null
    [ "$(dpkg-query -W -f '${Version}' "${pin%=*}")" = "${pin#*=}" ] || { echo "this was seen on $pin"; exit 1; }
done

cat > programs <<'E'
"2026-01-01T00:00:00Z" | fromdate
"2026-01-01T00:00:00.123Z" | fromdate
"2026-01-01T02:00:00+02:00" | fromdate
1767225600 | strftime("%s")
1767225600 | todate
[limit(0; "edge-1", "edge-2")]
"aaa" | gsub("^a"; "b")
[10, 20, 30] | .[1.7], .[1:2.5]
9007199254740993 | tostring
{"name": "edge-1", "id": 1} | tojson
E
cat > expected <<'E'
jq "2026-01-01T00:00:00Z" | fromdate: 1767225600
gojq "2026-01-01T00:00:00Z" | fromdate: 1767225600
jq "2026-01-01T00:00:00.123Z" | fromdate: error
gojq "2026-01-01T00:00:00.123Z" | fromdate: error
jq "2026-01-01T02:00:00+02:00" | fromdate: error
gojq "2026-01-01T02:00:00+02:00" | fromdate: 1767225600
jq 1767225600 | strftime("%s"): "1767222000"
gojq 1767225600 | strftime("%s"): "1767225600"
jq 1767225600 | todate: "2026-01-01T00:00:00Z"
gojq 1767225600 | todate: "2026-01-01T00:00:00Z"
jq [limit(0; "edge-1", "edge-2")]: ["edge-1"]
gojq [limit(0; "edge-1", "edge-2")]: []
jq "aaa" | gsub("^a"; "b"): "bbb"
gojq "aaa" | gsub("^a"; "b"): "baa"
jq [10, 20, 30] | .[1.7], .[1:2.5]: null [20,30]
gojq [10, 20, 30] | .[1.7], .[1:2.5]: 20 [20]
jq 9007199254740993 | tostring: "9007199254740992"
gojq 9007199254740993 | tostring: "9007199254740993"
jq {"name": "edge-1", "id": 1} | tojson: "{\"name\":\"edge-1\",\"id\":1}"
gojq {"name": "edge-1", "id": 1} | tojson: "{\"id\":1,\"name\":\"edge-1\"}"
E
while read -r program; do
    for tool in jq gojq; do
        answer=$("$tool" -nc "$program" 2>/dev/null | tr '\n' ' ') || answer='error '
        echo "$tool $program: ${answer% }"
    done
done < programs > seen
cat seen
diff expected seen || { echo "CHANGED: programs run otherwise than noted"; exit 1; }
