#!/usr/bin/env bash
# Software: InfluxDB.Client 5.1.0 (NuGet), @influxdata/influxdb-client 1.35.0 (npm), InfluxDB 1.6.7 (Debian influxdb 1.6.7~rc0-1+b13).
# Expected: the two official clients write the same point for the same values, and one that the server takes; what cannot be written is an error.
# Happens:  of a NaN .NET leaves the field out, and of a point with that field alone nothing is left, without a word; npm throws. An enum is written bare, where a Guid or a duration
#           is written as a text, so the server refuses the line, unless the member's name is that of a truth value: On is refused, F is stored as false.
# Matters:  a rate of 0 / 0 is a gap that looks like a node that is away; one state in a batch, and the whole batch is
#           answered by 400; a state called F is a flag for ever, since the type of a field is that of its first point.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat influxd.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s influxdb >/dev/null 2>&1 || apt-get install -y --no-install-recommends influxdb >/dev/null
version=$(dpkg-query -W -f '${Version}' influxdb)
[ "$version" = 1.6.7~rc0-1+b13 ] || { echo "influxdb is $version, this was seen on 1.6.7~rc0-1+b13"; exit 1; }

printf 'reporting-disabled = true\nbind-address = "127.0.0.1:18098"\n[meta]\ndir = "%s/meta"\n[data]\ndir = "%s/data"\nwal-dir = "%s/wal"\n[http]\nbind-address = "127.0.0.1:18096"\n' "$dir" "$dir" "$dir" > influxd.conf
influxd -config influxd.conf >log 2>&1 &
echo $! > influxd.pid
curl -fs --retry 30 --retry-delay 1 --retry-connrefused -o /dev/null http://127.0.0.1:18096/ping
curl -fs -o /dev/null -XPOST http://127.0.0.1:18096/query --data-urlencode 'q=create database fleet'
cat > points.cs <<'E'
#:package InfluxDB.Client@5.1.0
#:property PublishAot=false
#:property NoWarn=NU1603;NU1902;NU1903
using InfluxDB.Client.Writes;
using var http = new HttpClient();
await Write("NaN beside 1", p => p.Field("rate", double.NaN).Field("count", 1));
await Write("NaN alone", p => p.Field("rate", double.NaN));
await Write("Guid", p => p.Field("id", (object)Guid.Empty));
await Write("duration", p => p.Field("for", (object)TimeSpan.FromSeconds(1)));
await Write("state Running", p => p.Field("state", State.Running));
await Write("state On", p => p.Field("switch", State.On));
await Write("state F", p => p.Field("flag", State.F));

async Task Write(string name, Func<PointData, PointData> fill)
{
    var line = fill(PointData.Measurement("node")).ToLineProtocol();
    var answer = line.Length == 0 ? "nothing to send" : $"{(int)(await http.PostAsync("http://127.0.0.1:18096/write?db=fleet", new StringContent(line))).StatusCode}";
    Console.WriteLine($".NET {name}: {line} -> {answer}");
}
enum State { Running, On, F }
E
cat > points.mjs <<'E'
import { Point } from '@influxdata/influxdb-client';
try { console.log('npm NaN:', new Point('node').floatField('rate', NaN).toLineProtocol()); } catch (e) { console.log(`npm NaN: ${e.message}`); }
E
cat > expected <<'E'
.NET NaN beside 1: node count=1i -> 204
.NET NaN alone:  -> nothing to send
.NET Guid: node id="00000000-0000-0000-0000-000000000000" -> 204
.NET duration: node for="00:00:01" -> 204
.NET state Running: node state=Running -> 400
.NET state On: node switch=On -> 400
.NET state F: node flag=F -> 204
stored: ["count","integer"] ["flag","boolean"] ["for","string"] ["id","string"]
npm NaN: invalid float value for field 'rate': NaN
E
npm install --silent --no-audit --no-fund @influxdata/influxdb-client@1.35.0 >/dev/null
{
    dotnet run points.cs
    curl -s 'http://127.0.0.1:18096/query?db=fleet' --data-urlencode 'q=show field keys' -G | grep -o '\["[a-z]*","[a-z]*"\]' | sort | paste -sd' ' | sed 's/^/stored: /'
    node points.mjs
} > seen
cat seen
diff expected seen || { echo "CHANGED: the clients write otherwise than noted"; exit 1; }
