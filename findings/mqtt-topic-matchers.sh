#!/usr/bin/env bash
# Software: mqtt-pattern 2.1.1 and mqtt-match 3.0.0 (npm), MQTTnet 5.2.0 (NuGet), beside a real broker: Mosquitto 2.0.11 (Debian mosquitto 2.0.11-1.2+deb12u2).
# Expected: a matcher of topic filters says what the broker would deliver.
# Happens:  both npm packages let # and +/x match what begins with $SYS, which no broker delivers. mqtt-pattern does not know empty levels: a/+ is not a/, and +/+ is not /a; MQTTnet
#           knows them at both ends but not in the middle: a/+/c is not a//c. For a shared subscription all of them compare the words $share/group/ with the topic.
# Matters:  a gateway that subscribes once to # and hands on by such a matcher shows the broker's own statistics as a node called $SYS once somebody asks for them; what a device
#           publishes with a slash at its end is delivered and matches no rule, so it is counted and never shown.
set -euo pipefail
dir=$(mktemp -d); broker=; trap 'kill $broker 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s mosquitto mosquitto-clients >/dev/null 2>&1 || apt-get install -y --no-install-recommends mosquitto mosquitto-clients >/dev/null
version=$(dpkg-query -W -f '${Version}' mosquitto)
[ "$version" = 2.0.11-1.2+deb12u2 ] || { echo "mosquitto is $version, this was seen on 2.0.11-1.2+deb12u2"; exit 1; }

printf '%s\n' '# a' '# $SYS/broker/uptime' '+/broker/uptime $SYS/broker/uptime' '$SYS/# $SYS/broker/uptime' 'a/# a' 'a/+ a/' '+/+ /a' 'a/+/c a//c' '+ a/b' '$share/group/a/+ a/b' > pairs
cat > match.mjs <<'E'
import { readFileSync } from 'node:fs';
import pattern from 'mqtt-pattern';
import * as match from 'mqtt-match';
const matches = match.default?.default ?? match.default ?? match.match;
for (const pair of readFileSync('pairs', 'utf8').trim().split('\n')) {
  const [filter, topic] = pair.split(' ');
  console.log(`${pair} | mqtt-pattern ${pattern.matches(filter, topic)}, mqtt-match ${matches(filter, topic)}`);
}
E
cat > match.cs <<'E'
#:package MQTTnet@5.2.0.1603
#:property PublishAot=false
#:property InvariantGlobalization=true
foreach (var pair in File.ReadAllLines("pairs"))
{
    var words = pair.Split(' ');
    Console.WriteLine($"{pair} | MQTTnet {MQTTnet.MqttTopicFilterComparer.Compare(words[1], words[0])}");
}
E
port=$((20000 + RANDOM % 20000))
printf 'listener %s 127.0.0.1\nallow_anonymous true\nsys_interval 1\n' "$port" > mosquitto.conf
mosquitto -c mosquitto.conf 2>/dev/null & broker=$!
for _ in $(seq 50); do mosquitto_pub -p "$port" -t ready -n 2>/dev/null && break; sleep 0.1; done
ask() {
    while read -r filter topic; do
        case $topic in '$SYS'*) ;; *) mosquitto_pub -p "$port" -t "$topic" -m x -r ;; esac
        delivered=$(mosquitto_sub -p "$port" -t "$filter" -T 'ready' -W 1 -F '%t' 2>/dev/null | grep -cxF -- "$topic" || true)
        case $filter in '$share'*) delivered='no retained messages' ;; *) [ "$delivered" -gt 0 ] && delivered=true || delivered=false ;; esac
        echo "$filter $topic | Mosquitto $delivered"
    done < pairs
}
cat > expected <<'E'
# a | mqtt-pattern true, mqtt-match true
# $SYS/broker/uptime | mqtt-pattern true, mqtt-match true
+/broker/uptime $SYS/broker/uptime | mqtt-pattern true, mqtt-match true
$SYS/# $SYS/broker/uptime | mqtt-pattern true, mqtt-match true
a/# a | mqtt-pattern true, mqtt-match true
a/+ a/ | mqtt-pattern false, mqtt-match true
+/+ /a | mqtt-pattern false, mqtt-match true
a/+/c a//c | mqtt-pattern false, mqtt-match true
+ a/b | mqtt-pattern false, mqtt-match false
$share/group/a/+ a/b | mqtt-pattern false, mqtt-match false
# a | MQTTnet IsMatch
# $SYS/broker/uptime | MQTTnet NoMatch
+/broker/uptime $SYS/broker/uptime | MQTTnet NoMatch
$SYS/# $SYS/broker/uptime | MQTTnet IsMatch
a/# a | MQTTnet IsMatch
a/+ a/ | MQTTnet IsMatch
+/+ /a | MQTTnet IsMatch
a/+/c a//c | MQTTnet NoMatch
+ a/b | MQTTnet NoMatch
$share/group/a/+ a/b | MQTTnet NoMatch
# a | Mosquitto true
# $SYS/broker/uptime | Mosquitto false
+/broker/uptime $SYS/broker/uptime | Mosquitto false
$SYS/# $SYS/broker/uptime | Mosquitto true
a/# a | Mosquitto true
a/+ a/ | Mosquitto true
+/+ /a | Mosquitto true
a/+/c a//c | Mosquitto true
+ a/b | Mosquitto false
$share/group/a/+ a/b | Mosquitto no retained messages
E
npm install --silent --no-audit --no-fund mqtt-pattern@2.1.1 mqtt-match@3.0.0 >/dev/null
{ node match.mjs; dotnet run match.cs; ask; } > seen
cat seen
diff expected seen || { echo "CHANGED: topics match otherwise than noted"; exit 1; }
