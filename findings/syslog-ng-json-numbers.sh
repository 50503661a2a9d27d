#!/usr/bin/env bash
# Software: syslog-ng 3.38.1 (Debian syslog-ng-core 3.38.1-5+deb12u1), json-parser and format-json, with the configuration of 3.38 and of 4.0.
# Expected: JSON that is parsed and formatted again says the same; at least its numbers are equal.
# Happens:  fractions have six digits behind the point: 1.5e-7 is 0.000000, and 1.10 is 1.100000. Whole numbers past 2^63 are 9223372036854775807. A dot in a name makes
#           an object of it, empty objects vanish. With the configuration of 3.38 all values are texts, null is an empty one and lists are texts; with that of 4.0 types
#           stay, but the members of a list with a truth value are texts.
# Matters:  small rates and latencies in seconds arrive as nothing, ids of 64 bits become one id, and label names with dots no longer match their spec.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat *.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"
# the package would take the place of another syslog of the machine, so it is unpacked here alone
dpkg -s libivykis0 libjson-c5 libnet1 libwrap0 >/dev/null 2>&1 || apt-get install -y --no-install-recommends libivykis0 libjson-c5 libnet1 libwrap0 >/dev/null
apt-get download syslog-ng-core=3.38.1-5+deb12u1 >/dev/null 2>&1 || { apt-cache policy syslog-ng-core; echo "this was seen on 3.38.1-5+deb12u1"; exit 1; }
dpkg -x syslog-ng-core_*.deb unpacked
export LD_LIBRARY_PATH=$dir/unpacked/usr/lib/syslog-ng
echo '{"seconds":1.5e-7,"version":1.10,"large":1e21,"id":12345678901234567890,"below":9223372036854775807,"text":"007","flag":true,"nothing":null,"list":[1,"two",true],"flags":[true],"labels":{"expanso.io/zone":"eu","none":{}}}' > in.log
for version in 3.38 4.0; do
    cat > settings.conf <<E
@version: $version
source s { file("$dir/in.log" flags(no-parse) follow-freq(1)); };
parser p { json-parser(prefix(".j.")); };
destination d { file("$dir/out-$version" template("\$(format-json --key .j.* --shift-levels 2)\n")); };
log { source(s); parser(p); destination(d); };
E
    unpacked/usr/sbin/syslog-ng -F -f settings.conf --module-path "$dir/unpacked/usr/lib/syslog-ng/3.38" -R "$version.persist" -c "$version.ctl" -p "$version.pid" --no-caps 2>/dev/null & pid=$!
    for _ in $(seq 300); do [ -s "out-$version" ] && break; sleep 0.1; done
    kill $pid; wait $pid || true
    echo "$version: $(cat "out-$version")" >> seen
done
cat seen
cat > expected <<'E'
3.38: {"version":"1.100000","text":"007","seconds":"0.000000","nothing":"","list":"1,two,true","large":"1000000000000000000000.000000","labels":{"expanso":{"io/zone":"eu"}},"id":"9223372036854775807","flags":"true","flag":"true","below":"9223372036854775807"}
4.0: {"version":1.100000,"text":"007","seconds":0.000000,"nothing":null,"list":["1","two","true"],"large":1000000000000000000000.000000,"labels":{"expanso":{"io/zone":"eu"}},"id":9223372036854775807,"flags":["true"],"flag":true,"below":9223372036854775807}
E
diff expected seen || { echo "CHANGED: syslog-ng formats otherwise than noted"; exit 1; }
