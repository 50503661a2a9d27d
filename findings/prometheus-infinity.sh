#!/usr/bin/env bash
# Software: Prometheus 2.42 (Debian prometheus 2.42.0+ds-5+deb12u1), System.Text.Json of .NET 10.0 (seen on 10.0.12), Node.js 20.
# Expected: the values that the Prometheus API sends as text are read by the options made for numbers in text, or by the language's own parsing.
# Happens:  a ratio with nothing below the line is "+Inf". System.Text.Json knows "Infinity" alone, even with AllowReadingFromString and
#           AllowNamedFloatingPointLiterals, and fails the whole answer; double.Parse refuses it too; JavaScript's Number() turns it into NaN without a word.
# Matters:  one idle pipeline (failures by zero messages) empties the chart of all of them, or draws a gap where the worst value is.
set -euo pipefail
dir=$(mktemp -d); trap 'kill ${prometheus:-} 2>/dev/null || true; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
command -v prometheus >/dev/null || apt-get install -y --no-install-recommends prometheus >/dev/null
version=$(dpkg-query -W -f '${Version}' prometheus)
[ "$version" = 2.42.0+ds-5+deb12u1 ] || { echo "prometheus is $version, this was seen on 2.42.0+ds-5+deb12u1"; exit 1; }

echo 'scrape_configs: []' > prometheus.yml
prometheus --config.file=prometheus.yml --storage.tsdb.path=data --web.listen-address=127.0.0.1:19091 --log.level=error & prometheus=$!
for _ in $(seq 60); do curl -sf 127.0.0.1:19091/-/ready >/dev/null && break; sleep 0.5; done
for query in 'vector(1)/0' 'vector(0)/0' 'vector(5)/2'; do curl -sG 127.0.0.1:19091/api/v1/query --data-urlencode "query=$query" | grep -o '"[^"]*"]' | tr -d ']'; done > values

cat > read.cs <<'E'
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Text.Json;
using System.Text.Json.Serialization;
var options = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals };
foreach (var value in File.ReadLines("values"))
{
    string json;
    try { json = JsonSerializer.Deserialize<double>(value, options).ToString(); }
    catch (JsonException) { json = "error"; }
    Console.WriteLine($"{value} System.Text.Json {json}, double.TryParse {double.TryParse(value.Trim('"'), out _)}");
}
E
cat > expected <<'E'
"+Inf" System.Text.Json error, double.TryParse False
"NaN" System.Text.Json NaN, double.TryParse True
"2.5" System.Text.Json 2.5, double.TryParse True
Number() of Node.js: NaN NaN 2.5
E
{ dotnet run read.cs; node -e 'console.log("Number() of Node.js:", ...require("fs").readFileSync("values", "utf8").trim().split("\n").map(v => Number(JSON.parse(v))))'; } > seen
cat seen
diff expected seen || { echo "CHANGED: Prometheus sends or the libraries read otherwise than noted"; exit 1; }
