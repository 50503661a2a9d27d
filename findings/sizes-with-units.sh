#!/usr/bin/env bash
# Software: bytes 3.1.2, xbytes 1.9.1 and filesize-parser 1.5.2 (npm), docker/go-units and go-humanize (Debian golang-github-docker-go-units-dev 0.4.0-4,
#           golang-github-dustin-go-humanize-dev 1.0.0-3).
# Expected: a size in a spec or a threshold means one number, give or take the old question of 1000 or 1024; a unit that a library does not know is refused.
# Happens:  bytes reads as much as is a whole number and forgets the unit that it does not know: 10G, 10Gi and 10GiB are 10, 1.5 is 1. Within go-units the same text is decimal or
#           binary by the function, and neither minds the i: 10GiB is 10^10 in one, 10GB 2^30 times 10 in the other. "Gb" is bits in xbytes and almost bits in filesize-parser,
#           1342000000. 1,5GB is 15 GB in go-humanize.
# Matters:  "warn below 10Gi of free disk", copied from a manifest, is a threshold of ten bytes that never warns; what a node reports with one function and reads with the other grows
#           by 7 % each time.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
for pin in golang-github-docker-go-units-dev=0.4.0-4 golang-github-dustin-go-humanize-dev=1.0.0-3; do
    dpkg -s golang-go "${pin%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go "${pin%=*}" >/dev/null
    [ "$(dpkg-query -W -f '${Version}' "${pin%=*}")" = "${pin#*=}" ] || { echo "this was seen on $pin"; exit 1; }
done

cat > sizes.mjs <<'E'
import bytes from 'bytes';
import xbytes from 'xbytes';
import parse from 'filesize-parser';
const read = (reader, text) => { try { return reader(text) ?? 'refused'; } catch { return 'refused'; } };
for (const text of ['10GB', '10GiB', '10G', '10Gi', '10Gb', '1.5G', '1.5', '1,5GB'])
  console.log(`npm ${text}: bytes ${read(bytes.parse, text)}, xbytes ${read(xbytes.parseSize, text)}, filesize-parser ${read(parse, text)}`);
E
cat > sizes.go <<'E'
package main

import (
	"fmt"

	"github.com/docker/go-units"
	"github.com/dustin/go-humanize"
)

func read(size interface{}, err error) interface{} {
	if err != nil {
		return "refused"
	}
	return size
}

func main() {
	for _, text := range []string{"10GB", "10GiB", "10G", "10Gi", "10Gb", "1.5G", "1.5", "1,5GB"} {
		decimal, refused := units.FromHumanSize(text)
		binary, alsoRefused := units.RAMInBytes(text)
		human, humanRefused := humanize.ParseBytes(text)
		fmt.Printf("Go %s: FromHumanSize %v, RAMInBytes %v, go-humanize %v\n", text, read(decimal, refused), read(binary, alsoRefused), read(human, humanRefused))
	}
}
E
cat > expected <<'E'
npm 10GB: bytes 10737418240, xbytes 10000000000, filesize-parser 10737418240
npm 10GiB: bytes 10, xbytes 10737418240, filesize-parser 10737418240
npm 10G: bytes 10, xbytes refused, filesize-parser 10737418240
npm 10Gi: bytes 10, xbytes refused, filesize-parser 10737418240
npm 10Gb: bytes 10737418240, xbytes 1250000000, filesize-parser 1342000000
npm 1.5G: bytes 1, xbytes refused, filesize-parser 1610612736
npm 1.5: bytes 1, xbytes refused, filesize-parser 2
npm 1,5GB: bytes 1, xbytes refused, filesize-parser 1610612736
Go 10GB: FromHumanSize 10000000000, RAMInBytes 10737418240, go-humanize 10000000000
Go 10GiB: FromHumanSize 10000000000, RAMInBytes 10737418240, go-humanize 10737418240
Go 10G: FromHumanSize 10000000000, RAMInBytes 10737418240, go-humanize 10000000000
Go 10Gi: FromHumanSize 10000000000, RAMInBytes 10737418240, go-humanize 10737418240
Go 10Gb: FromHumanSize 10000000000, RAMInBytes 10737418240, go-humanize 10000000000
Go 1.5G: FromHumanSize 1500000000, RAMInBytes 1610612736, go-humanize 1500000000
Go 1.5: FromHumanSize 1, RAMInBytes 1, go-humanize 1
Go 1,5GB: FromHumanSize refused, RAMInBytes refused, go-humanize 15000000000
E
npm install --silent --no-audit --no-fund bytes@3.1.2 xbytes@1.9.1 filesize-parser@1.5.2 >/dev/null
{ node sizes.mjs; go run sizes.go; } > seen
cat seen
diff expected seen || { echo "CHANGED: the sizes are read otherwise than noted"; exit 1; }
