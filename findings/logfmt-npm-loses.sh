#!/usr/bin/env bash
# Software: logfmt 1.4.0 (npm); go-logfmt (Debian golang-github-go-logfmt-logfmt-dev 0.5.0-2), which Prometheus and Loki write their logs with, beside it.
# Expected: a line that Go writes is read as what Go wrote; a line that the package writes is one line, and read back as what was written.
# Happens:  an escaped line break is read as the letter n. The package itself writes a line break bare, which makes two lines of one, and the texts "true" and "false" come back as booleans.
# Matters:  "disk full\nretry" becomes "disk fullnretry" in a log view; one message of two lines is written as two lines, the second without its node and its level.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-github-go-logfmt-logfmt-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-github-go-logfmt-logfmt-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-github-go-logfmt-logfmt-dev)
[ "$version" = 0.5.0-2 ] || { echo "golang-github-go-logfmt-logfmt-dev is $version, this was seen on 0.5.0-2"; exit 1; }

cat > write.go <<'E'
package main

import (
	"os"

	"github.com/go-logfmt/logfmt"
)

func main() {
	encoder := logfmt.NewEncoder(os.Stdout)
	encoder.EncodeKeyvals("msg", "disk full\nretry", "note", "a=b", "answer", "true")
	encoder.EndRecord()
}
E
cat > read.mjs <<'E'
import fs from 'fs';
import logfmt from 'logfmt';
console.log('read', JSON.stringify(logfmt.parse(fs.readFileSync('line', 'utf8').trim())));
const line = logfmt.stringify({ msg: 'disk full\nretry', answer: 'true' });
console.log(`written: ${line.split('\n').length} lines, answer read back as ${typeof logfmt.parse(line).answer}`);
E
cat > expected <<'E'
Go: msg="disk full\nretry" note="a=b" answer=true
read {"msg":"disk fullnretry","note":"a=b","answer":true}
written: 2 lines, answer read back as boolean
E
npm install --silent --no-audit --no-fund logfmt@1.4.0 >/dev/null
go run write.go > line
{ echo "Go: $(cat line)"; node read.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read or write otherwise than noted"; exit 1; }
