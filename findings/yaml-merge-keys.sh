#!/usr/bin/env bash
# Software: YamlDotNet 18.1.0 (NuGet), js-yaml 5.5.0 and yaml 2.9.1 (npm), PyYAML (Debian python3-yaml 6.0-3+b2).
# Expected: "<<: *defaults" merges the defaults into the mapping, and a key that the mapping itself has wins, wherever it stands.
# Happens:  YamlDotNet, js-yaml and yaml make a plain key "<<" of it unless they are told to merge. YamlDotNet's MergingParser lets the later line win: a key before
#           the "<<" is overwritten by the defaults.
# Matters:  a job spec with "cpu: 3" above its defaults runs with the cpu of the defaults, but only where .NET reads it; elsewhere it has a field called "<<".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s python3-yaml >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-yaml >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-yaml)
[ "$version" = 6.0-3+b2 ] || { echo "python3-yaml is $version, this was seen on 6.0-3+b2"; exit 1; }

cat > spec.yaml <<'E'
defaults: &defaults {cpu: 1, memory: 2}
small: &small {cpu: 0}
after: {<<: *defaults, cpu: 3}
before: {cpu: 3, <<: *defaults}
two: {<<: [*defaults, *small]}
E
cat > read.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
var reader = new DeserializerBuilder().Build();
Show("YamlDotNet", new Parser(new StringReader(File.ReadAllText("spec.yaml"))));
Show("YamlDotNet with MergingParser", new MergingParser(new Parser(new StringReader(File.ReadAllText("spec.yaml")))));

void Show(string name, IParser parser)
{
    var spec = reader.Deserialize<Dictionary<string, Dictionary<string, object>>>(parser);
    Console.WriteLine(name);
    foreach (var job in new[] { "after", "before", "two" })
        Console.WriteLine($"  {job}: {string.Join(' ', spec[job].OrderBy(pair => pair.Key).Select(pair => pair.Key == "<<" ? "<<" : $"{pair.Key}={pair.Value}"))}");
}
E
cat > read.mjs <<'E'
import { readFileSync } from 'fs';
import * as jsYaml from 'js-yaml';
import YAML from 'yaml';
const text = readFileSync('spec.yaml', 'utf8');
const show = (name, spec) => {
  console.log(name);
  for (const job of ['after', 'before', 'two'])
    console.log(`  ${job}: ${Object.entries(spec[job]).sort().map(([key, value]) => key === '<<' ? '<<' : `${key}=${value}`).join(' ')}`);
};
show('js-yaml', jsYaml.load(text));
show('yaml', YAML.parse(text));
show('yaml with merge', YAML.parse(text, { merge: true }));
E
cat > read.py <<'E'
import yaml
spec = yaml.safe_load(open("spec.yaml"))
print("PyYAML")
for job in ("after", "before", "two"):
    print(f"  {job}:", " ".join(f"{key}={value}" for key, value in sorted(spec[job].items())))
E
cat > expected <<'E'
YamlDotNet
  after: << cpu=3
  before: << cpu=3
  two: <<
YamlDotNet with MergingParser
  after: cpu=3 memory=2
  before: cpu=1 memory=2
  two: cpu=1 memory=2
js-yaml
  after: << cpu=3
  before: << cpu=3
  two: <<
yaml
  after: << cpu=3
  before: << cpu=3
  two: <<
yaml with merge
  after: cpu=3 memory=2
  before: cpu=3 memory=2
  two: cpu=1 memory=2
PyYAML
  after: cpu=3 memory=2
  before: cpu=3 memory=2
  two: cpu=1 memory=2
E
npm install --silent --no-audit --no-fund js-yaml@5.5.0 yaml@2.9.1 >/dev/null
{ dotnet run read.cs; node read.mjs; /usr/bin/python3 read.py; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries merge otherwise than noted"; exit 1; }
