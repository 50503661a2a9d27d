#!/usr/bin/env bash
# Software: JmesPath.Net 1.1.0 (NuGet), jmespath 0.16.0 (npm), jmespath.py (Debian python3-jmespath 1.0.1-1) and go-jmespath (Debian golang-github-jmespath-go-jmespath-dev 0.4.0-2).
# Expected: JMESPath has a grammar and a compliance suite, so one query gives one result: a projection leaves nulls out, what is no number is null as a number, and ordering takes
#           numbers alone.
# Happens:  JmesPath.Net keeps a member that is null in a projection, so lengths differ by those; a member that is absent is left out. to_number('') is 0 and '0x10' is 16 in npm. cpu >
#           5 finds the text "9" in npm, is an error in Python where one value is a text, and passes over it in .NET and Go. The greatest of numbers and a text is an error in two of
#           the four.
# Matters:  "length(nodes[*].cpu)" counts the nodes that report: in .NET the silent ones are counted too when their field is sent as null. One label that is a text makes a whole filter
#           fail in Python and adds a node in JavaScript.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
for pin in python3-jmespath=1.0.1-1 golang-github-jmespath-go-jmespath-dev=0.4.0-2; do
    dpkg -s golang-go "${pin%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go "${pin%=*}" >/dev/null
    [ "$(dpkg-query -W -f '${Version}' "${pin%=*}")" = "${pin#*=}" ] || { echo "this was seen on $pin"; exit 1; }
done

echo '{"nodes":[{"name":"a","cpu":0},{"name":"b","cpu":null},{"name":"c"},{"name":"d","cpu":10},{"name":"e","cpu":"9"}]}' > fleet.json
cat > queries <<'E'
nodes[*].cpu
length(nodes[*].cpu)
nodes[?cpu > `5`].name
nodes[?cpu].name
nodes[?cpu == `null`].name
to_number('')
to_number('0x10')
to_number('1e3')
max_by(nodes[?cpu], &cpu).name
E
cat > ask.cs <<'E'
#:package JmesPath.Net@1.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
var path = new DevLab.JmesPath.JmesPath();
foreach (var query in File.ReadLines("queries"))
{
    string answer;
    try { answer = string.Concat(path.Transform(File.ReadAllText("fleet.json"), query).Where(c => !char.IsWhiteSpace(c))); } catch { answer = "error"; }
    Console.WriteLine($".NET {query}: {answer}");
}
E
cat > ask.mjs <<'E'
import { readFileSync } from 'node:fs';
import jmespath from 'jmespath';
for (const query of readFileSync('queries', 'utf8').trim().split('\n')) {
  let answer;
  try { answer = JSON.stringify(jmespath.search(JSON.parse(readFileSync('fleet.json')), query)); } catch { answer = 'error'; }
  console.log(`npm ${query}: ${answer}`);
}
E
cat > ask.py <<'E'
import json, jmespath
for query in open("queries").read().splitlines():
    try: answer = json.dumps(jmespath.search(query, json.load(open("fleet.json"))), separators=(",", ":"))
    except Exception: answer = "error"
    print(f"Python {query}: {answer}")
E
cat > ask.go <<'E'
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/jmespath/go-jmespath"
)

func main() {
	var fleet interface{}
	text, _ := os.ReadFile("fleet.json")
	json.Unmarshal(text, &fleet)
	queries, _ := os.ReadFile("queries")
	for _, query := range strings.Split(strings.TrimSpace(string(queries)), "\n") {
		answer := "error"
		if found, err := jmespath.Search(query, fleet); err == nil {
			text, _ := json.Marshal(found)
			answer = string(text)
		}
		fmt.Printf("Go %s: %s\n", query, answer)
	}
}
E
cat > expected <<'E'
.NET nodes[*].cpu: [0,null,10,"9"]
.NET length(nodes[*].cpu): 4
.NET nodes[?cpu > `5`].name: ["d"]
.NET nodes[?cpu].name: ["a","d","e"]
.NET nodes[?cpu == `null`].name: ["b","c"]
.NET to_number(''): null
.NET to_number('0x10'): null
.NET to_number('1e3'): 1000.0
.NET max_by(nodes[?cpu], &cpu).name: "d"
npm nodes[*].cpu: [0,10,"9"]
npm length(nodes[*].cpu): 3
npm nodes[?cpu > `5`].name: ["d","e"]
npm nodes[?cpu].name: ["a","d","e"]
npm nodes[?cpu == `null`].name: ["b","c"]
npm to_number(''): 0
npm to_number('0x10'): 16
npm to_number('1e3'): 1000
npm max_by(nodes[?cpu], &cpu).name: "d"
Python nodes[*].cpu: [0,10,"9"]
Python length(nodes[*].cpu): 3
Python nodes[?cpu > `5`].name: error
Python nodes[?cpu].name: ["a","d","e"]
Python nodes[?cpu == `null`].name: ["b","c"]
Python to_number(''): null
Python to_number('0x10'): null
Python to_number('1e3'): 1000.0
Python max_by(nodes[?cpu], &cpu).name: error
Go nodes[*].cpu: [0,10,"9"]
Go length(nodes[*].cpu): 3
Go nodes[?cpu > `5`].name: ["d"]
Go nodes[?cpu].name: ["a","d","e"]
Go nodes[?cpu == `null`].name: ["b","c"]
Go to_number(''): null
Go to_number('0x10'): null
Go to_number('1e3'): 1000
Go max_by(nodes[?cpu], &cpu).name: error
E
npm install --silent --no-audit --no-fund jmespath@0.16.0 >/dev/null
{ dotnet run ask.cs; node ask.mjs; /usr/bin/python3 ask.py; go run ask.go; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries answer otherwise than noted"; exit 1; }
