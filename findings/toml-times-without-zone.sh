#!/usr/bin/env bash
# Software: smol-toml 1.9.1, @iarna/toml 3.0.0, toml 5.0.1, @ltd/j-toml 1.38.0 (npm), Tomlyn 2.10.2 (NuGet), tomllib of Python 3.11, BurntSushi/toml 1.2.0 (Debian).
# Expected: a time without an offset stays one, or becomes the time of the machine that reads it; a valid file is read, whatever its numbers.
# Happens:  10:00 is 10:00 UTC in smol-toml and iarna on any machine, 10:00 of the machine's zone in BurntSushi, and a time without a zone in the others; the number of
#           j-toml's is 20261129100000. A Date in JavaScript prints as written, so the difference is seen only when it is compared. A whole number past 2^53, as TOML
#           wants it, makes smol-toml, toml and j-toml as asked for numbers refuse the whole file.
# Matters:  a maintenance window in the settings of an agent opens at another hour on the dashboard than on the node.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Asia/Kolkata GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-github-burntsushi-toml-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-github-burntsushi-toml-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-github-burntsushi-toml-dev)
[ "$version" = 1.2.0-2 ] || { echo "golang-github-burntsushi-toml-dev is $version, this was seen on 1.2.0-2"; exit 1; }
printf 'opens = 2026-11-29T10:00:00\n' > window.toml
cat > read.mjs <<'E'
import fs from 'fs';
import { parse as smol } from 'smol-toml';
import iarna from '@iarna/toml';
import toml from 'toml';
import jtoml from '@ltd/j-toml';
const text = fs.readFileSync('window.toml', 'utf8');
for (const [name, parse] of Object.entries({ 'smol-toml': smol, iarna: iarna.parse, toml: toml.parse, 'j-toml': source => jtoml.parse(source, { bigint: false }) })) {
  const { opens } = parse(text);
  let large;
  try { large = typeof parse('id = 9007199254740993').id; } catch { large = 'refused'; }
  console.log(`${name}: ${JSON.stringify(opens)}, as a number ${Number(opens)}${opens instanceof Date ? ` is ${new Date(Number(opens)).toISOString()}` : ''}; 2^53 + 1 is ${large}`);
}
E
cat > read.cs <<'E'
#:package Tomlyn@2.10.2
#:property PublishAot=false
#:property InvariantGlobalization=true
var table = Tomlyn.TomlSerializer.Deserialize<Dictionary<string, object>>(File.ReadAllText("window.toml"))!;
Console.WriteLine($"Tomlyn: {table["opens"]}, {table["opens"].GetType().Name}");
E
cat > read.py <<'E'
import tomllib
print('Python:', tomllib.load(open('window.toml', 'rb'))['opens'].isoformat())
E
cat > read.go <<'E'
package main

import ("fmt"; "time"; "github.com/BurntSushi/toml")

func main() {
	var window struct { Opens time.Time }
	if _, err := toml.DecodeFile("window.toml", &window); err != nil { panic(err) }
	fmt.Println("BurntSushi:", window.Opens.UTC().Format(time.RFC3339))
}
E
cat > expected <<'E'
smol-toml: "2026-11-29T10:00:00.000", as a number 1795946400000 is 2026-11-29T10:00:00.000Z; 2^53 + 1 is refused
iarna: "2026-11-29T10:00:00.000", as a number 1795946400000 is 2026-11-29T10:00:00.000Z; 2^53 + 1 is bigint
toml: "2026-11-29T10:00:00", as a number NaN; 2^53 + 1 is refused
j-toml: "2026-11-29T10:00:00", as a number 20261129100000 is 2612-01-19T19:25:00.000Z; 2^53 + 1 is refused
Tomlyn: 2026-11-29T10:00:00, TomlDateTime
Python: 2026-11-29T10:00:00
BurntSushi: 2026-11-29T04:30:00Z
E
npm install --silent --no-audit --no-fund smol-toml@1.9.1 @iarna/toml@3.0.0 toml@5.0.1 @ltd/j-toml@1.38.0 >/dev/null
{ node read.mjs; dotnet run read.cs; /usr/bin/python3 read.py; go run read.go; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read times otherwise than noted"; exit 1; }
