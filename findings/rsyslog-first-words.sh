#!/usr/bin/env bash
# Software: rsyslog 8.2302.0 (Debian rsyslog 8.2302.0-1+deb12u2) as the receiver of lines over TCP.
# Expected: a message arrives as it was sent; one that is JSON stays JSON; one without a host gets the host of the connection; a long one is cut, and its rest is dropped.
# Happens:  of a line without a program's name the first word is the name: {"level":"error"} has the tag {"level": and the text "error"}. In a line without a time its first word is the
#           host and its second the program. A tab becomes #011 and an escape #033, in octal, as text. What is over 8 KiB is a message of its own, from the receiver's own host.
# Matters:  nodes called "agent", "connection" and "retry" appear in the list of hosts, each with one line; of structured logs the first member is missing and no line can be parsed; a
#           long stack trace ends up in another node's log.
set -euo pipefail
dir=$(mktemp -d); server=; trap 'kill $server 2>/dev/null || true; wait; rm -rf "$dir"' EXIT; cd "$dir"; export TZ=UTC
dpkg -s rsyslog >/dev/null 2>&1 || apt-get install -y --no-install-recommends rsyslog >/dev/null
version=$(dpkg-query -W -f '${Version}' rsyslog)
[ "$version" = 8.2302.0-1+deb12u2 ] || { echo "rsyslog is $version, this was seen on 8.2302.0-1+deb12u2"; exit 1; }

port=$((20000 + RANDOM % 20000))
cat > rsyslog.conf <<E
module(load="imtcp")
template(name="line" type="string" string="host %hostname:1:20%, program %syslogtag:1:20%, text %msg:1:40%\\n")
ruleset(name="keep") { action(type="omfile" file="$dir/lines" template="line") }
input(type="imtcp" port="$port" address="127.0.0.1" ruleset="keep")
E
cat > send.mjs <<'E'
import net from 'node:net';
const lines = ['<13>Jan  5 10:00:00 edge-1 agent: started', '<13>Jan  5 10:00:00 edge-1 {"level":"error","text":"disk full"}', '<13>Jan  5 10:00:00 edge-1 pipeline failed: disk full',
  '<13>connection lost, trying again', '<13>Jan  5 10:00:00 edge-1 agent: reads\t12', '<13>Jan  5 10:00:00 edge-1 agent: \x1b[31mfailed\x1b[0m', `<13>Jan  5 10:00:00 edge-1 agent: ${'trace '.repeat(1500)}`];
const connection = net.connect(process.argv[2], '127.0.0.1', () => connection.end(lines.map(line => `${line}\n`).join('')));
E
cat > expected <<'E'
host edge-1, program agent:, text  started
host edge-1, program {"level":, text "error","text":"disk full"}
host edge-1, program pipeline, text  failed: disk full
host connection, program lost,, text  trying again
host edge-1, program agent:, text  reads#01112
host edge-1, program agent:, text  #033[31mfailed#033[0m
host edge-1, program agent:, text  trace trace trace trace trace trace tra
host of the receiver, program , text  trace trace trace trace trace trace tra
E
rsyslogd -n -f "$dir/rsyslog.conf" -i "$dir/pid" 2>/dev/null & server=$!
until (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 $server; sleep 0.1; done
node send.mjs "$port"
until [ "$(wc -l < lines 2>/dev/null || echo 0)" -ge 8 ]; do kill -0 $server; sleep 0.1; done
sed "s/host $(hostname | cut -c1-20)/host of the receiver/; s/host localhost/host of the receiver/" lines > seen
cat seen
diff expected seen || { echo "CHANGED: lines are read otherwise than noted"; exit 1; }
