#!/usr/bin/env bash
# Software: rrule 2.8.1 (npm), dateutil (Debian python3-dateutil 2.8.2-2), rrule-go (Debian golang-github-teambition-rrule-go-dev 1.8.1-1).
# Expected: DTSTART;TZID=Europe/Berlin:...T090000 daily is nine o'clock in Berlin, the same moment on each server; the words for a rule hold all of it, or say that they do not.
# Happens:  in npm the Date is the clock of the server's zone given as if it were UTC: 08:00Z on a server in UTC, 03:00Z in New York, 17:00Z in Tokyo. In the night in which clocks go
#           forward 02:30 runs at 01:30 in npm and Python and at 03:30 in Go; in Python one moment comes twice in an hourly rule, so one is missing at its end. The words of npm leave
#           out which Monday, the last day of the month, the minutes and the zone.
# Matters:  a maintenance window of nine o'clock is at three for a dashboard that runs in New York, right in tests and in containers, which run in UTC. "every month on Monday" is what
#           stands beside a rule for the second Monday alone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
for pin in python3-dateutil=2.8.2-2 golang-github-teambition-rrule-go-dev=1.8.1-1; do
    dpkg -s golang-go "${pin%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go "${pin%=*}" >/dev/null
    [ "$(dpkg-query -W -f '${Version}' "${pin%=*}")" = "${pin#*=}" ] || { echo "this was seen on $pin"; exit 1; }
done

cat > rules <<'E'
DTSTART;TZID=Europe/Berlin:20260115T090000|RRULE:FREQ=DAILY;COUNT=2
DTSTART;TZID=Europe/Berlin:20260328T023000|RRULE:FREQ=DAILY;COUNT=3
DTSTART;TZID=Europe/Berlin:20260329T010000|RRULE:FREQ=HOURLY;COUNT=4
E
cat > rules.mjs <<'E'
import { readFileSync } from 'node:fs';
import rrule from 'rrule';
for (const rule of readFileSync('rules', 'utf8').trim().split('\n'))
  console.log(`npm, server in ${process.env.TZ}: ${rrule.rrulestr(rule.replace('|', '\n')).all().map(run => run.toISOString().slice(5, 16)).join(' ')}`);
if (process.env.TZ === 'UTC')
  for (const rule of ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2', 'FREQ=MONTHLY;BYMONTHDAY=-1', 'FREQ=HOURLY;INTERVAL=6;BYMINUTE=15', 'FREQ=MONTHLY;BYDAY=-1FR'])
    console.log(`npm, ${rule}: ${rrule.rrulestr(rule).toText()}`);
E
cat > rules.py <<'E'
from datetime import timezone
from dateutil.rrule import rrulestr
for rule in open("rules").read().splitlines():
    print("Python:", " ".join(run.astimezone(timezone.utc).strftime("%m-%dT%H:%M") for run in rrulestr(rule.replace("|", "\n"))))
E
cat > rules.go <<'E'
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/teambition/rrule-go"
)

func main() {
	text, _ := os.ReadFile("rules")
	for _, rule := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		set, err := rrule.StrToRRuleSet(strings.Replace(rule, "|", "\n", 1))
		if err != nil {
			panic(err)
		}
		fmt.Print("Go:")
		for _, run := range set.All() {
			fmt.Print(run.UTC().Format(" 01-02T15:04"))
		}
		fmt.Println()
	}
}
E
cat > expected <<'E'
npm, server in UTC: 01-15T08:00 01-16T08:00
npm, server in UTC: 03-28T01:30 03-29T00:30 03-30T00:30
npm, server in UTC: 03-28T23:00 03-29T00:00 03-29T01:00 03-29T02:00
npm, FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2: every month on Monday
npm, FREQ=MONTHLY;BYMONTHDAY=-1: every month on the last
npm, FREQ=HOURLY;INTERVAL=6;BYMINUTE=15: every 6 hours
npm, FREQ=MONTHLY;BYDAY=-1FR: every month on the last Friday
npm, server in America/New_York: 01-15T03:00 01-16T03:00
npm, server in America/New_York: 03-27T21:30 03-28T20:30 03-29T20:30
npm, server in America/New_York: 03-28T19:00 03-28T20:00 03-28T21:00 03-28T22:00
npm, server in Asia/Tokyo: 01-15T17:00 01-16T17:00
npm, server in Asia/Tokyo: 03-28T10:30 03-29T09:30 03-30T09:30
npm, server in Asia/Tokyo: 03-29T08:00 03-29T09:00 03-29T10:00 03-29T11:00
Python: 01-15T08:00 01-16T08:00
Python: 03-28T01:30 03-29T00:30 03-30T00:30
Python: 03-29T00:00 03-29T00:00 03-29T01:00 03-29T02:00
Go: 01-15T08:00 01-16T08:00
Go: 03-28T01:30 03-29T01:30 03-30T00:30
Go: 03-29T00:00 03-29T01:00 03-29T02:00
E
npm install --silent --no-audit --no-fund rrule@2.8.1 >/dev/null
{ for zone in UTC America/New_York Asia/Tokyo; do TZ=$zone node rules.mjs; done; /usr/bin/python3 rules.py; go run rules.go; } > seen
cat seen
diff expected seen || { echo "CHANGED: rules run otherwise than noted"; exit 1; }
