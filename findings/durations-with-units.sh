#!/usr/bin/env bash
# Software: ms 2.1.3, parse-duration 2.1.9 and enhanced-ms 5.0.0 (npm), pytimeparse (Debian python3-pytimeparse 1.1.5-3), systemd 252 (Debian), Go 1.19 and Prometheus' own (Debian
#           golang-github-prometheus-common-dev 0.39.0-2), TimeSpan of .NET 10.0.
# Expected: a duration as people write it in settings is the same for each reader, or refused by those who do not know the form; a minus makes it negative.
# Happens:  5:30 is five and a half hours in .NET, five and a half minutes in Python and 5.03 ms in parse-duration. A bare 90 is 90 days in .NET, 90 s in systemd and 90 ms in npm. 1M
#           is a month in systemd and a minute in npm and Python. enhanced-ms drops the minus and reads .5h as five hours; 1,5h is fifteen hours in parse-duration and NaN in
#           enhanced-ms. Go refuses days, Prometheus fractions and any order but the falling one.
# Matters:  "mark as lost after 1M", "keep for 90", "window 5:30" are in settings that a server, an agent and a dashboard read, each in its language; none of these is an error
#           anywhere.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
for pin in python3-pytimeparse=1.1.5-3 golang-github-prometheus-common-dev=0.39.0-2; do
    dpkg -s golang-go "${pin%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go "${pin%=*}" >/dev/null
    [ "$(dpkg-query -W -f '${Version}' "${pin%=*}")" = "${pin#*=}" ] || { echo "this was seen on $pin"; exit 1; }
done

printf '%s\n' 5:30 90 1M 1m30s 30m1h .5h 1,5h -5m 1d > durations
cat > read.mjs <<'E'
import { readFileSync } from 'node:fs';
import ms from 'ms';
import parseDuration from 'parse-duration';
import { ms as enhanced } from 'enhanced-ms';
for (const [name, read] of Object.entries({ ms, 'parse-duration': parseDuration, 'enhanced-ms': enhanced }))
  console.log(`${name}, in ms: ${readFileSync('durations', 'utf8').trim().split('\n').map(text => `${text} = ${read(text) ?? 'refused'}`).join('; ')}`);
E
cat > read.py <<'E'
from pytimeparse import parse
print("pytimeparse, in s:", "; ".join(f"{text} = {parse(text) or 'refused'}" for text in open("durations").read().split()))
E
cat > read.go <<'E'
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

func main() {
	text, _ := os.ReadFile("durations")
	for name, read := range map[string]func(string) (time.Duration, error){"Go": time.ParseDuration, "Go, Prometheus": func(text string) (time.Duration, error) {
		duration, err := model.ParseDuration(text)
		return time.Duration(duration), err
	}} {
		var all []string
		for _, word := range strings.Fields(string(text)) {
			if duration, err := read(word); err != nil {
				all = append(all, word+" = refused")
			} else {
				all = append(all, fmt.Sprintf("%s = %v", word, duration))
			}
		}
		fmt.Printf("%s: %s\n", name, strings.Join(all, "; "))
	}
}
E
cat > read.cs <<'E'
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Globalization;
Console.WriteLine($".NET: {string.Join("; ", File.ReadLines("durations").Select(text => $"{text} = {(TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var read) ? read.ToString() : "refused")}"))}");
E
cat > expected <<'E'
ms, in ms: 5:30 = refused; 90 = 90; 1M = 60000; 1m30s = refused; 30m1h = refused; .5h = 1800000; 1,5h = refused; -5m = -300000; 1d = 86400000
parse-duration, in ms: 5:30 = 5.03; 90 = 90; 1M = 60000; 1m30s = 90000; 30m1h = 5400000; .5h = 1800000; 1,5h = 54000000; -5m = -300000; 1d = 86400000
enhanced-ms, in ms: 5:30 = refused; 90 = refused; 1M = 60000; 1m30s = 90000; 30m1h = 5400000; .5h = 18000000; 1,5h = NaN; -5m = 300000; 1d = 86400000
pytimeparse, in s: 5:30 = 330; 90 = refused; 1M = 60; 1m30s = 90; 30m1h = refused; .5h = 1800; 1,5h = refused; -5m = -300; 1d = 86400
Go, Prometheus: 5:30 = refused; 90 = refused; 1M = refused; 1m30s = 1m30s; 30m1h = refused; .5h = refused; 1,5h = refused; -5m = refused; 1d = 24h0m0s
Go: 5:30 = refused; 90 = refused; 1M = refused; 1m30s = 1m30s; 30m1h = 1h30m0s; .5h = 30m0s; 1,5h = refused; -5m = -5m0s; 1d = refused
.NET: 5:30 = 05:30:00; 90 = 90.00:00:00; 1M = refused; 1m30s = refused; 30m1h = refused; .5h = refused; 1,5h = refused; -5m = refused; 1d = refused
systemd, in µs: 5:30 = refused; 90 = 90000000; 1M = 2629800000000; 1m30s = 90000000; 30m1h = 5400000000; .5h = 1800000000; 1,5h = refused; -5m = refused; 1d = 86400000000;
E
npm install --silent --no-audit --no-fund ms@2.1.3 parse-duration@2.1.9 enhanced-ms@5.0.0 >/dev/null
{
    node read.mjs; /usr/bin/python3 read.py; go run read.go | sort; dotnet run read.cs
    printf 'systemd, in µs:'
    while read -r text; do printf ' %s = %s;' "$text" "$(systemd-analyze timespan -- "$text" 2>/dev/null | sed -n 's/.*μs: //p' | grep . || echo refused)"; done < durations; echo
} > seen
cat seen
diff expected seen || { echo "CHANGED: durations are read otherwise than noted"; exit 1; }
