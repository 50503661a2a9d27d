#!/usr/bin/env bash
# Software: hcl2-parser 1.0.3 (npm), hashicorp/hcl 1.0.0 and 2.14.1, pyhcl 0.4.4 (Debian 12).
# Expected: one file in HCL is the same data for each reader, as far as the two versions of the language agree.
# Happens:  0644 is 420 in HCL 1 of Go and 644 in the three others. A block is a list of lists in Go, a list in Node.js and a plain object in Python, where of two blocks
#           with one name the second takes the place of the first; Node.js puts those of one name together, so their order is lost. The last line of a heredoc loses its
#           end in Python. Node.js rounds whole numbers past 2^53, and 1 + 2 is the text "${1 + 2}" there.
# Matters:  a file mode in a job spec is another one on the dashboard; a tool in Python deploys one of two groups.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
for pin in golang-github-hashicorp-hcl-dev=1.0.0-1.1 golang-github-hashicorp-hcl-v2-dev=2.14.1-2 python3-pyhcl=0.4.4-2.1; do
    dpkg -s golang-go "${pin%%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go "${pin%%=*}" >/dev/null
    version=$(dpkg-query -W -f '${Version}' "${pin%%=*}")
    [ "$version" = "${pin#*=}" ] || { echo "${pin%%=*} is $version, this was seen on ${pin#*=}"; exit 1; }
done
cat > values.hcl <<'E'
mode = 0644
id = 9007199254740993
script = <<END
exit 1
END
E
printf 'group "web" {\n  count = 1\n}\n' > one.hcl
printf 'group "web" {\n  count = 1\n}\ngroup "db" {\n  count = 2\n}\ngroup "web" {\n  count = 3\n}\n' > three.hcl
printf 'count = 1 + 2\n' > sum.hcl
cat > one.go <<'E'
package main

import ("encoding/json"; "fmt"; "os"; "github.com/hashicorp/hcl")

func main() {
	for _, name := range []string{"values", "one", "three"} {
		var read map[string]interface{}
		text, _ := os.ReadFile(name + ".hcl")
		if err := hcl.Unmarshal(text, &read); err != nil { panic(err) }
		text, _ = json.Marshal(read)
		fmt.Printf("HCL 1, Go, %s: %s\n", name, text)
	}
}
E
cat > two.go <<'E'
package main

import ("fmt"; "github.com/hashicorp/hcl/v2/hclsimple")

func main() {
	var read struct { Mode int `hcl:"mode"`; Id int64 `hcl:"id"`; Script string `hcl:"script"` }
	if err := hclsimple.DecodeFile("values.hcl", nil, &read); err != nil { panic(err) }
	fmt.Printf("HCL 2, Go, values: %+q\n", fmt.Sprint(read))
	var sum struct { Count int `hcl:"count"` }
	if err := hclsimple.DecodeFile("sum.hcl", nil, &sum); err != nil { panic(err) }
	fmt.Println("HCL 2, Go, 1 + 2:", sum.Count)
}
E
cat > read.py <<'E'
import hcl, json
for name in ['values', 'one', 'three']:
    print(f'pyhcl, {name}:', json.dumps(hcl.load(open(name + '.hcl'))))
E
cat > read.mjs <<'E'
import fs from 'fs';
import hcl from 'hcl2-parser';
for (const name of ['values', 'one', 'three', 'sum']) console.log(`hcl2-parser, ${name}: ${JSON.stringify(hcl.parseToObject(fs.readFileSync(name + '.hcl', 'utf8'))[0])}`);
E
cat > expected <<'E'
HCL 1, Go, values: {"id":9007199254740993,"mode":420,"script":"exit 1\n"}
HCL 1, Go, one: {"group":[{"web":[{"count":1}]}]}
HCL 1, Go, three: {"group":[{"web":[{"count":1}]},{"db":[{"count":2}]},{"web":[{"count":3}]}]}
HCL 2, Go, values: "{644 9007199254740993 exit 1\n}"
HCL 2, Go, 1 + 2: 3
pyhcl, values: {"mode": 644, "id": 9007199254740993, "script": "exit 1"}
pyhcl, one: {"group": {"web": {"count": 1}}}
pyhcl, three: {"group": {"web": {"count": 3}, "db": {"count": 2}}}
hcl2-parser, values: {"id":9007199254740992,"mode":644,"script":"exit 1\n"}
hcl2-parser, one: {"group":{"web":[{"count":1}]}}
hcl2-parser, three: {"group":{"db":[{"count":2}],"web":[{"count":1},{"count":3}]}}
hcl2-parser, sum: {"count":"${1 + 2}"}
E
npm install --silent --no-audit --no-fund hcl2-parser@1.0.3 >/dev/null
{ go run one.go; go run two.go; /usr/bin/python3 read.py; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
