#!/usr/bin/env bash
# Software: npm yaml 2.9.1 and js-yaml 5.5.0, gopkg.in/yaml.v3 (Debian golang-gopkg-yaml.v3-dev 3.0.1-3), YamlDotNet 18.1.0 (NuGet).
# Expected: a text of several lines whose first line is empty is written by any of them so that all read the same text.
# Happens:  npm yaml indents the empty line, which is valid and which YamlDotNet refuses ("found extra spaces in first line").
#           Go's writer drops the empty line altogether, so that even Go reads another text than it wrote.
# Matters:  mapping code in pipelines often starts with an empty line. A spec exported by a JavaScript tool cannot be opened in .NET,
#           and one that went through Go differs from its source although nobody changed it: "outdated spec" for no reason.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-gopkg-yaml.v3-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-gopkg-yaml.v3-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-gopkg-yaml.v3-dev)
[ "$version" = 3.0.1-3 ] || { echo "golang-gopkg-yaml.v3-dev is $version, this was seen on 3.0.1-3"; exit 1; }

cat > write.mjs <<'E'
import fs from 'fs';
import YAML from 'yaml';
import * as jsyaml from 'js-yaml';
const spec = { pipeline: { mapping: '\n# keep ids\nroot.id = this.id' } };
fs.writeFileSync('npm-yaml', YAML.stringify(spec));
fs.writeFileSync('js-yaml', (jsyaml.default ?? jsyaml).dump(spec));
E
cat > go.go <<'E'
package main

import ("fmt"; "os"; "gopkg.in/yaml.v3")

func main() {
	var spec map[string]map[string]string
	for _, name := range []string{"npm-yaml", "js-yaml", "yaml.v3"} {
		if name == "yaml.v3" {
			text, _ := yaml.Marshal(map[string]map[string]string{"pipeline": {"mapping": "\n# keep ids\nroot.id = this.id"}})
			os.WriteFile(name, text, 0644)
		}
		text, _ := os.ReadFile(name)
		if err := yaml.Unmarshal(text, &spec); err != nil {
			panic(err)
		}
		fmt.Printf("Go reads from %s %q\n", name, spec["pipeline"]["mapping"])
	}
}
E
cat > read.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
using YamlDotNet.Serialization;
foreach (var name in new[] { "npm-yaml", "js-yaml", "yaml.v3" })
{
    try
    {
        var spec = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(name));
        Console.WriteLine($"YamlDotNet reads from {name} \"{spec["pipeline"]["mapping"].Replace("\n", "\\n")}\"");
    }
    catch (YamlDotNet.Core.YamlException e) { Console.WriteLine($"YamlDotNet refuses that from {name}: {e.Message}"); }
}
E
cat > expected <<'E'
Go reads from npm-yaml "\n# keep ids\nroot.id = this.id"
Go reads from js-yaml "\n# keep ids\nroot.id = this.id"
Go reads from yaml.v3 "# keep ids\nroot.id = this.id"
YamlDotNet refuses that from npm-yaml: While scanning a literal block scalar, found extra spaces in first line.
YamlDotNet reads from js-yaml "\n# keep ids\nroot.id = this.id"
YamlDotNet reads from yaml.v3 "# keep ids\nroot.id = this.id"
E
npm install --silent --no-audit --no-fund yaml@2.9.1 js-yaml@5.5.0 >/dev/null
{ node write.mjs; go run go.go; dotnet run read.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries answer otherwise than noted"; exit 1; }
