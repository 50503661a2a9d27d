#!/usr/bin/env bash
# Software: YamlDotNet 18.1.0 (NuGet); npm yaml 2.9.1 and PyYAML 6.0 (Debian python3-yaml 6.0-3+b2) beside it.
# Expected: a star inside a bare key is a letter like any other, since only one at its beginning means an alias.
# Happens:  a star after a space stops the reading of a key: "GET *: ingest" is the text "GET *: ingest", inside braces a key without a value, and with a second
#           line after it an error. YamlDotNet writes such keys bare itself. The same words as a value, or a star without a space before it, are read.
# Matters:  routes, patterns of topics and label selectors have keys like these: one that the server takes is refused by the dashboard, or shown as a text.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s python3-yaml >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-yaml >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-yaml)
[ "$version" = 6.0-3+b2 ] || { echo "python3-yaml is $version, this was seen on 6.0-3+b2"; exit 1; }

cat > read.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using YamlDotNet.Core;
using YamlDotNet.Serialization;
File.WriteAllText("own", new SerializerBuilder().Build().Serialize(new Dictionary<string, string> { ["GET *"] = "ingest" }).TrimEnd());
foreach (var text in new[] { File.ReadAllText("own"), "{GET *: ingest}", "GET *: ingest\nPOST /jobs: stop", "GET*: ingest", "route: GET *" })
{
    string read;
    try
    {
        read = new DeserializerBuilder().Build().Deserialize<object>(text) switch
        {
            string s => $"the text {s}",
            Dictionary<object, object> map => "a map: " + string.Join(", ", map.Select(p => $"{p.Key} = {p.Value ?? "null"}")),
            var other => $"{other}",
        };
    }
    catch (YamlException e) { read = e.GetType().Name; }
    Console.WriteLine($"YamlDotNet {text.Replace("\n", " | ")} -> {read}");
}
E
cat > read.mjs <<'E'
import fs from 'fs';
import YAML from 'yaml';
console.log('npm yaml', JSON.stringify(YAML.parse(fs.readFileSync('own', 'utf8'))));
E
cat > expected <<'E'
YamlDotNet GET *: ingest -> the text GET *: ingest
YamlDotNet {GET *: ingest} -> a map: GET *: ingest = null
YamlDotNet GET *: ingest | POST /jobs: stop -> SemanticErrorException
YamlDotNet GET*: ingest -> a map: GET* = ingest
YamlDotNet route: GET * -> a map: route = GET *
npm yaml {"GET *":"ingest"}
PyYAML {'GET *': 'ingest'}
E
npm install --silent --no-audit --no-fund yaml@2.9.1 >/dev/null
{ dotnet run read.cs; node read.mjs; /usr/bin/python3 -c 'import yaml; print("PyYAML", yaml.safe_load(open("own")))'; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
