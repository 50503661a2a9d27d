#!/usr/bin/env bash
# Software: PyYAML 6.0 as Debian python3-yaml 6.0-3+b2, gopkg.in/yaml.v3 (Debian 3.0.1-3), js-yaml 5.5.0, npm yaml 2.9.1, YamlDotNet 18.1.0.
# Expected: a writer quotes each string that another reader would take for a number.
# Happens:  short ids of hexadecimal digits with one "e" look like powers of ten. Python, Go and js-yaml write 12e4567 bare, since none of them reads it
#           as a number; npm yaml and YamlDotNet read it as Infinity. 1e3 is bare from Python only, and becomes 1000 everywhere else.
#           YamlDotNet's WithQuotingNecessaryStrings(true), the mode for YAML 1.1, leaves both bare and reads them back as numbers itself.
# Matters:  ids of executions and commits are cut to seven or eight digits; about one in a hundred random ones of that length has this form, and all of those are "equal".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-gopkg-yaml.v3-dev python3-yaml >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-gopkg-yaml.v3-dev python3-yaml >/dev/null
for pin in golang-gopkg-yaml.v3-dev=3.0.1-3 python3-yaml=6.0-3+b2; do
    version=$(dpkg-query -W -f '${Version}' "${pin%%=*}")
    [ "$version" = "${pin#*=}" ] || { echo "${pin%%=*} is $version, this was seen on ${pin#*=}"; exit 1; }
done
/usr/bin/python3 -c 'import yaml; open("python", "w").write(yaml.safe_dump(["12e4567", "98e7654", "1e3"]))'
cat > write.go <<'E'
package main

import ("os"; "gopkg.in/yaml.v3")

func main() {
	text, _ := yaml.Marshal([]string{"12e4567", "98e7654", "1e3"})
	os.WriteFile("go", text, 0644)
}
E
cat > write.mjs <<'E'
import fs from 'fs';
import YAML from 'yaml';
import * as jsyaml from 'js-yaml';
if (process.argv[2] === 'write') fs.writeFileSync('js-yaml', (jsyaml.default ?? jsyaml).dump(['12e4567', '98e7654', '1e3']));
else for (const name of ['python', 'go', 'js-yaml', 'yamldotnet-1.1'])
  console.log(name, fs.readFileSync(name, 'utf8').trim().replace(/\n/g, ' '), '| npm yaml:', YAML.parse(fs.readFileSync(name, 'utf8')).join(' '));
E
cat > read.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using YamlDotNet.Serialization;
File.WriteAllText("yamldotnet-1.1", new SerializerBuilder().WithQuotingNecessaryStrings(true).Build().Serialize(new[] { "12e4567", "98e7654", "1e3" }));
foreach (var name in new[] { "python", "go", "js-yaml", "yamldotnet-1.1" })
{
    var ids = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<List<object>>(File.ReadAllText(name));
    Console.WriteLine($"{name} | YamlDotNet: {string.Join(' ', ids.Select(i => i is double.PositiveInfinity ? "Infinity" : i))}");
}
E
cat > expected <<'E'
python | YamlDotNet: Infinity Infinity 1000
go | YamlDotNet: Infinity Infinity 1e3
js-yaml | YamlDotNet: Infinity Infinity 1e3
yamldotnet-1.1 | YamlDotNet: Infinity Infinity 1000
python - 12e4567 - 98e7654 - 1e3 | npm yaml: Infinity Infinity 1000
go - 12e4567 - 98e7654 - "1e3" | npm yaml: Infinity Infinity 1e3
js-yaml - 12e4567 - 98e7654 - '1e3' | npm yaml: Infinity Infinity 1e3
yamldotnet-1.1 - 12e4567 - 98e7654 - 1e3 | npm yaml: Infinity Infinity 1000
E
npm install --silent --no-audit --no-fund yaml@2.9.1 js-yaml@5.5.0 >/dev/null
{ go run write.go; node write.mjs write; dotnet run read.cs; node write.mjs read; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries answer otherwise than noted"; exit 1; }
