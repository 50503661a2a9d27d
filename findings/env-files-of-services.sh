#!/usr/bin/env bash
# Software: dotenv 18.0.10 (npm), dotenv.net 4.2.0 (NuGet), python-dotenv (Debian python3-dotenv 0.21.0-1), godotenv (Debian golang-github-joho-godotenv-dev 1.5.1-1).
# Expected: one file of NAME=value lines gives a service the same values, whichever library reads it.
# Happens:  one#two is "one" in npm's dotenv and whole in the others. $HOST is replaced in godotenv alone. In dotenv.net
#           "export A=one" sets no A, "A = one" keeps the blank in front, and \n in double quotes stays as it is.
# Matters:  a password with # in it is cut off in one service of a node and not in its neighbour; one with $ in it is changed in another.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
pins='python3-dotenv=0.21.0-1 golang-github-joho-godotenv-dev=1.5.1-1'
for pin in $pins; do
    dpkg -s golang-go "${pin%%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go "${pin%%=*}" >/dev/null
    version=$(dpkg-query -W -f '${Version}' "${pin%%=*}")
    [ "$version" = "${pin#*=}" ] || { echo "${pin%%=*} is $version, this was seen on ${pin#*=}"; exit 1; }
done

cat > lines <<'E'
A=one#two
A=one # two
A="one # two"
A="one\ntwo"
A=$HOST/one
A="$HOST/one"
A = one
export A=one
A="one" # two
A=
A=it's
E
cat > read.mjs <<'E'
import { readFileSync } from 'fs';
import { parse } from 'dotenv';
for (const line of readFileSync('lines', 'utf8').trim().split('\n')) console.log(`${line}: dotenv ${JSON.stringify(parse(`HOST=edge-1\n${line}\n`).A ?? null)}`);
E
cat > read.cs <<'E'
#:package dotenv.net@4.2.0
#:property PublishAot=false
using System.Text.Encodings.Web;
using System.Text.Json;
using dotenv.net;
var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
foreach (var line in File.ReadLines("lines"))
{
    File.WriteAllText("file", $"HOST=edge-1\n{line}\n");
    string? value;
    try { value = JsonSerializer.Serialize(DotEnv.Read(new DotEnvOptions(envFilePaths: ["file"])).TryGetValue("A", out var found) ? found : null, options); }
    catch (Exception error) { value = error.GetType().Name; }
    Console.WriteLine($"{line}: dotenv.net {value}");
}
E
cat > read.py <<'E'
import io, json, logging
from dotenv import dotenv_values
logging.disable()
for line in open("lines").read().splitlines():
    print(f"{line}: python-dotenv {json.dumps(dotenv_values(stream=io.StringIO(f'HOST=edge-1{chr(10)}{line}{chr(10)}')).get('A'))}")
E
cat > read.go <<'E'
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/joho/godotenv"
)

func main() {
	file, _ := os.Open("lines")
	for lines := bufio.NewScanner(file); lines.Scan(); {
		values, err := godotenv.Unmarshal("HOST=edge-1\n" + lines.Text() + "\n")
		if value, found := values["A"]; err == nil && found {
			fmt.Printf("%s: godotenv %q\n", lines.Text(), value)
		} else {
			fmt.Printf("%s: godotenv null\n", lines.Text())
		}
	}
}
E
cat > expected <<'E'
A = one: dotenv "one"
A = one: dotenv.net " one"
A = one: godotenv "one"
A = one: python-dotenv "one"
A="$HOST/one": dotenv "$HOST/one"
A="$HOST/one": dotenv.net "$HOST/one"
A="$HOST/one": godotenv "edge-1/one"
A="$HOST/one": python-dotenv "$HOST/one"
A="one # two": dotenv "one # two"
A="one # two": dotenv.net "one # two"
A="one # two": godotenv "one # two"
A="one # two": python-dotenv "one # two"
A="one" # two: dotenv "one"
A="one" # two: dotenv.net "one"
A="one" # two: godotenv "one"
A="one" # two: python-dotenv "one"
A="one\ntwo": dotenv "one\ntwo"
A="one\ntwo": dotenv.net "one\\ntwo"
A="one\ntwo": godotenv "one\ntwo"
A="one\ntwo": python-dotenv "one\ntwo"
A=$HOST/one: dotenv "$HOST/one"
A=$HOST/one: dotenv.net "$HOST/one"
A=$HOST/one: godotenv "edge-1/one"
A=$HOST/one: python-dotenv "$HOST/one"
A=: dotenv ""
A=: dotenv.net ""
A=: godotenv ""
A=: python-dotenv ""
A=it's: dotenv "it's"
A=it's: dotenv.net "it's"
A=it's: godotenv "it's"
A=it's: python-dotenv "it's"
A=one # two: dotenv "one"
A=one # two: dotenv.net "one"
A=one # two: godotenv "one"
A=one # two: python-dotenv "one"
A=one#two: dotenv "one"
A=one#two: dotenv.net "one#two"
A=one#two: godotenv "one#two"
A=one#two: python-dotenv "one#two"
export A=one: dotenv "one"
export A=one: dotenv.net null
export A=one: godotenv "one"
export A=one: python-dotenv "one"
E
npm install --silent --no-audit --no-fund dotenv@18.0.10 >/dev/null
{ node read.mjs; dotnet run read.cs; /usr/bin/python3 read.py; go run read.go; } | LC_ALL=C sort > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
