#!/usr/bin/env bash
# Software: Cronos 0.13.0 (NuGet), croner 11.0.0 and cron-parser 5.10.5 (npm), robfig/cron (Debian golang-github-robfig-cron-dev 3.0.1-1); zone Europe/Berlin.
# Expected: libraries that know time zones agree on the two nights a year on which the clocks change.
# Happens:  a daily 02:30 in the night without a 02:30: robfig leaves the day out, Cronos and croner run at 03:00, cron-parser at 03:30.
#           In the night with two of them: robfig runs twice, the others once. "every two hours" then: cron-parser once at 02:00, the others twice.
# Matters:  a server in Go misses the run of 29 March while each library that a dashboard would show it with promises one, at two different times.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-github-robfig-cron-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-github-robfig-cron-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-github-robfig-cron-dev)
[ "$version" = 3.0.1-1 ] || { echo "golang-github-robfig-cron-dev is $version, this was seen on 3.0.1-1"; exit 1; }

cat > cases <<'E'
30 2 * * *|2026-03-28T23:00:00Z
30 2 * * *|2026-10-24T22:00:00Z
0 */2 * * *|2026-10-24T22:30:00Z
E
cat > next.cs <<'E'
#:package Cronos@0.13.0
#:property PublishAot=false
var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
foreach (var line in File.ReadLines("cases").Select(l => l.Split('|')))
{
    var time = DateTime.Parse(line[1]).ToUniversalTime();
    var cron = Cronos.CronExpression.Parse(line[0]);
    var runs = new List<string>();
    while (runs.Count < 2) runs.Add($"{time = cron.GetNextOccurrence(time, berlin)!.Value:MM-ddTHH:mm}Z");
    Console.WriteLine($"{line[0]} Cronos {string.Join(' ', runs)}");
}
E
cat > next.mjs <<'E'
import fs from 'fs';
import { Cron } from 'croner';
import { CronExpressionParser } from 'cron-parser';
const text = date => date.toISOString().slice(5, 16) + 'Z';
for (const [cron, from] of fs.readFileSync('cases', 'utf8').trim().split('\n').map(l => l.split('|'))) {
  console.log(cron, 'croner', new Cron(cron, { timezone: 'Europe/Berlin' }).nextRuns(2, new Date(from)).map(text).join(' '));
  const parsed = CronExpressionParser.parse(cron, { tz: 'Europe/Berlin', currentDate: new Date(from) });
  console.log(cron, 'cron-parser', text(parsed.next().toDate()), text(parsed.next().toDate()));
}
E
cat > next.go <<'E'
package main

import ("fmt"; "os"; "strings"; "time"; "github.com/robfig/cron")

func main() {
	berlin, _ := time.LoadLocation("Europe/Berlin")
	cases, _ := os.ReadFile("cases")
	for _, line := range strings.Split(strings.TrimSpace(string(cases)), "\n") {
		part := strings.Split(line, "|")
		from, _ := time.Parse(time.RFC3339, part[1])
		schedule, _ := cron.ParseStandard(part[0])
		first := schedule.Next(from.In(berlin))
		fmt.Println(part[0], "robfig", first.UTC().Format("01-02T15:04Z"), schedule.Next(first).UTC().Format("01-02T15:04Z"))
	}
}
E
cat > expected <<'E'
30 2 * * * robfig 03-30T00:30Z 03-31T00:30Z
30 2 * * * robfig 10-25T00:30Z 10-25T01:30Z
0 */2 * * * robfig 10-25T00:00Z 10-25T01:00Z
30 2 * * * croner 03-29T01:00Z 03-30T00:30Z
30 2 * * * cron-parser 03-29T01:30Z 03-30T00:30Z
30 2 * * * croner 10-25T00:30Z 10-26T01:30Z
30 2 * * * cron-parser 10-25T00:30Z 10-26T01:30Z
0 */2 * * * croner 10-25T00:00Z 10-25T01:00Z
0 */2 * * * cron-parser 10-25T00:00Z 10-25T03:00Z
30 2 * * * Cronos 03-29T01:00Z 03-30T00:30Z
30 2 * * * Cronos 10-25T00:30Z 10-26T01:30Z
0 */2 * * * Cronos 10-25T00:00Z 10-25T01:00Z
E
npm install --silent --no-audit --no-fund croner@11.0.0 cron-parser@5.10.5 >/dev/null
{ go run next.go; node next.mjs; dotnet run next.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries answer otherwise than noted"; exit 1; }
