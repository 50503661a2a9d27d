#!/usr/bin/env bash
# Software: Cronos 0.13.0 and NCrontab 3.4.0 (NuGet), croner 11.0.0 and cron-parser 5.10.5 (npm), robfig/cron (Debian golang-github-robfig-cron-dev 3.0.1-1).
# Expected: one five-field cron text has one meaning: with both a day of the month and a day of the week, either one is enough, as in POSIX.
# Happens:  the two .NET libraries need both days to match, Go and JavaScript either one. "0 3 13 * 5" is next week in Go and in eight months in .NET.
# Matters:  the schedule of a pipeline is run by a server in Go; a dashboard in .NET that shows the next run shows a wrong one, and nothing fails.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-github-robfig-cron-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-github-robfig-cron-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-github-robfig-cron-dev)
[ "$version" = 3.0.1-1 ] || { echo "golang-github-robfig-cron-dev is $version, this was seen on 3.0.1-1"; exit 1; }

cat > next.cs <<'E'
#:package Cronos@0.13.0
#:package NCrontab@3.4.0
#:property PublishAot=false
var from = new DateTime(2026, 11, 29, 0, 0, 0, DateTimeKind.Utc);
foreach (var cron in new[] { "0 3 13 * 5", "0 0 1-7 * MON" })
{
    Console.WriteLine($"{cron} Cronos {Cronos.CronExpression.Parse(cron).GetNextOccurrence(from):yyyy-MM-dd}");
    Console.WriteLine($"{cron} NCrontab {NCrontab.CrontabSchedule.Parse(cron).GetNextOccurrence(from):yyyy-MM-dd}");
}
E
cat > next.mjs <<'E'
import { Cron } from 'croner';
import { CronExpressionParser } from 'cron-parser';
const currentDate = new Date('2026-11-29T00:00:00Z');
for (const cron of ['0 3 13 * 5', '0 0 1-7 * MON']) {
  console.log(cron, 'croner', new Cron(cron, { timezone: 'UTC' }).nextRun(currentDate).toISOString().slice(0, 10));
  console.log(cron, 'cron-parser', CronExpressionParser.parse(cron, { tz: 'UTC', currentDate }).next().toISOString().slice(0, 10));
}
E
cat > next.go <<'E'
package main

import (
	"fmt"
	"time"

	"github.com/robfig/cron"
)

func main() {
	for _, text := range []string{"0 3 13 * 5", "0 0 1-7 * MON"} {
		schedule, err := cron.ParseStandard(text)
		if err != nil {
			panic(err)
		}
		fmt.Println(text, "robfig", schedule.Next(time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)).Format("2006-01-02"))
	}
}
E
cat > expected <<'E'
0 3 13 * 5 robfig 2026-12-04
0 0 1-7 * MON robfig 2026-11-30
0 3 13 * 5 croner 2026-12-04
0 3 13 * 5 cron-parser 2026-12-04
0 0 1-7 * MON croner 2026-11-30
0 0 1-7 * MON cron-parser 2026-11-30
0 3 13 * 5 Cronos 2027-08-13
0 3 13 * 5 NCrontab 2027-08-13
0 0 1-7 * MON Cronos 2026-12-07
0 0 1-7 * MON NCrontab 2026-12-07
E
npm install --silent --no-audit --no-fund croner@11.0.0 cron-parser@5.10.5 >/dev/null
{ go run next.go; node next.mjs; dotnet run next.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries answer otherwise than noted"; exit 1; }
