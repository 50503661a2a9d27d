#!/usr/bin/env bash
# Software: docker-parse-image 3.0.1 and parse-docker-image-name 3.0.0 (npm), beside distribution/reference, which the engines themselves use (Debian
#           golang-github-docker-distribution-dev 2.8.2+ds1-1).
# Expected: the name of an image is split as the engine splits it: registry, path, tag and digest; a name that the engine takes is not refused.
# Happens:  docker-parse-image has no digest: it is called a tag, or stays in the tag behind an @. localhost without a port is the user "localhost" of the public registry, and a path
#           of three parts below a registry is null. parse-docker-image-name splits rightly, but says nothing where the engine means docker.io, and leaves out "library/".
# Matters:  "nodes that still run the old image" compares what one column calls a tag and another a digest, and a pinned image is shown as tag sha256:...; images of a local registry
#           are counted as public ones.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-github-docker-distribution-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-github-docker-distribution-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-github-docker-distribution-dev)
[ "$version" = 2.8.2+ds1-1 ] || { echo "golang-github-docker-distribution-dev is $version, this was seen on 2.8.2+ds1-1"; exit 1; }

digest=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
printf '%s\n' agent localhost/agent:2 registry.example:5000/edge/agent:2 registry.example/edge/linux/agent:2 edge/linux/arm/agent:2 "agent@$digest" "registry.example/edge/agent:2@$digest" > names
cat > split.mjs <<'E'
import { readFileSync } from 'node:fs';
import parse from 'docker-parse-image';
import other from 'parse-docker-image-name';
const show = (...parts) => parts.map(part => part || '-').join(' ').replace(/sha256:\w+/, 'DIGEST');
for (const name of readFileSync('names', 'utf8').trim().split('\n')) {
  const one = parse(name), two = (other.default ?? other)(name);
  console.log(`npm ${show(name)}`);
  console.log(`  docker-parse-image: ${one ? show(one.registry, [one.namespace, one.repository].filter(Boolean).join('/'), one.tag, one.digest) : 'null'}`);
  console.log(`  parse-docker-image-name: ${show(two.domain, two.path, two.tag, two.digest)}`);
}
E
cat > split.go <<'E'
package main

import (
	"bufio"
	_ "crypto/sha256"
	"fmt"
	"os"

	"github.com/docker/distribution/reference"
)

func main() {
	names, _ := os.Open("names")
	for lines := bufio.NewScanner(names); lines.Scan(); {
		named, err := reference.ParseNormalizedNamed(lines.Text())
		if err != nil {
			panic(err)
		}
		tag, digest := "-", "-"
		if tagged, ok := named.(reference.Tagged); ok {
			tag = tagged.Tag()
		}
		if _, ok := named.(reference.Digested); ok {
			digest = "DIGEST"
		}
		fmt.Println("Go", reference.Domain(named), reference.Path(named), tag, digest)
	}
}
E
cat > expected <<'E'
npm agent
  docker-parse-image: - agent - -
  parse-docker-image-name: - agent - -
npm localhost/agent:2
  docker-parse-image: - localhost/agent 2 -
  parse-docker-image-name: localhost agent 2 -
npm registry.example:5000/edge/agent:2
  docker-parse-image: registry.example:5000 edge/agent 2 -
  parse-docker-image-name: registry.example:5000 edge/agent 2 -
npm registry.example/edge/linux/agent:2
  docker-parse-image: null
  parse-docker-image-name: registry.example edge/linux/agent 2 -
npm edge/linux/arm/agent:2
  docker-parse-image: null
  parse-docker-image-name: - edge/linux/arm/agent 2 -
npm agent@DIGEST
  docker-parse-image: - agent DIGEST -
  parse-docker-image-name: - agent - DIGEST
npm registry.example/edge/agent:2@DIGEST
  docker-parse-image: registry.example edge/agent 2@DIGEST -
  parse-docker-image-name: registry.example edge/agent 2 DIGEST
Go docker.io library/agent - -
Go localhost agent 2 -
Go registry.example:5000 edge/agent 2 -
Go registry.example edge/linux/agent 2 -
Go docker.io edge/linux/arm/agent 2 -
Go docker.io library/agent - DIGEST
Go registry.example edge/agent 2 DIGEST
E
npm install --silent --no-audit --no-fund docker-parse-image@3.0.1 parse-docker-image-name@3.0.0 >/dev/null
{ node split.mjs; go run split.go; } > seen
cat seen
diff expected seen || { echo "CHANGED: names of images are split otherwise than noted"; exit 1; }
