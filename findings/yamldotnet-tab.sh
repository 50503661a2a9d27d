#!/usr/bin/env bash
# Software: YamlDotNet 18.1.0 (NuGet) with its default serializer; read by itself and by npm yaml 2.9.1.
# Expected: a string that is written is the string that is read: characters with a meaning in YAML are quoted.
# Happens:  a tab is written bare. A value that is a tab comes back as null, one that ends in a tab loses it, and a lone line break comes back empty.
#           WithQuotingNecessaryStrings mends the first and the last, not the tab at the end.
# Matters:  delimiter: "\t" is what a pipeline that reads tab-separated files says; exported and submitted again, it has no delimiter.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > write.cs <<'E'
#:package YamlDotNet@18.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using YamlDotNet.Serialization;
static string Show(string? text) => text is null ? "null" : '"' + text.Replace("\t", "\\t").Replace("\n", "\\n") + '"';
var plain = new SerializerBuilder().Build();
var quoting = new SerializerBuilder().WithQuotingNecessaryStrings().Build();
var reader = new DeserializerBuilder().Build();
var file = 0;
foreach (var text in new[] { "\t", "a\t", "\n" })
{
    foreach (var (name, writer) in new[] { ("default", plain), ("quoting", quoting) })
    {
        var written = writer.Serialize(new Dictionary<string, string> { ["delimiter"] = text });
        File.WriteAllText($"{file++}.yaml", written);
        Console.WriteLine($"{Show(text)} by {name}: {Show(reader.Deserialize<Dictionary<string, string?>>(written)["delimiter"])}");
    }
}
E
cat > read.mjs <<'E'
import fs from 'fs';
import { parse } from 'yaml';
console.log('npm yaml reads them as', JSON.stringify([0, 1, 2, 3, 4, 5].map(n => parse(fs.readFileSync(`${n}.yaml`, 'utf8')).delimiter)));
E
cat > expected <<'E'
"\t" by default: null
"\t" by quoting: "\t"
"a\t" by default: "a"
"a\t" by quoting: "a"
"\n" by default: ""
"\n" by quoting: "\n"
npm yaml reads them as [null,"\t","a","a","","\n"]
E
npm install --silent --no-audit --no-fund yaml@2.9.1 >/dev/null
{ dotnet run write.cs; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: YamlDotNet writes otherwise than noted"; exit 1; }
