#!/usr/bin/env bash
# Software: go-bexpr 0.1.2 (Debian golang-github-hashicorp-go-bexpr-dev 0.1.2-3), the filter language of Consul and Nomad.
# Expected: a node without a label does not match a pattern that is asked of the label, as it is not equal to any value.
# Happens:  "matches" is true for a node without the label, whatever the pattern is, and "not matches" is true for the same node as well; == is false and != true, as one guesses.
# Matters:  a filter for the nodes whose version matches ^1\. takes all those that never said a version; turned round it takes them again, so a rollout in two halves visits them twice.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
dpkg -s golang-go golang-github-hashicorp-go-bexpr-dev >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go golang-github-hashicorp-go-bexpr-dev >/dev/null
version=$(dpkg-query -W -f '${Version}' golang-github-hashicorp-go-bexpr-dev)
[ "$version" = 0.1.2-3 ] || { echo "golang-github-hashicorp-go-bexpr-dev is $version, this was seen on 0.1.2-3"; exit 1; }

cat > filter.go <<'E'
package main

import (
	"fmt"

	"github.com/hashicorp/go-bexpr"
)

type node struct{ Labels map[string]string }

func main() {
	for _, filter := range []string{`Labels.version == "1.2"`, `Labels.version != "1.2"`, `Labels.version matches "^1\\."`, `Labels.version not matches "^1\\."`, `Labels.version matches "^never$"`} {
		evaluator, err := bexpr.CreateEvaluatorForType(filter, nil, (*node)(nil))
		if err != nil {
			panic(err)
		}
		fmt.Print(filter, ":")
		for _, labels := range []map[string]string{{"version": "1.2"}, {"version": "2.0"}, {"site": "oslo"}} {
			found, err := evaluator.Evaluate(&node{labels})
			if err != nil {
				panic(err)
			}
			fmt.Print(" ", labels, " ", found)
		}
		fmt.Println()
	}
}
E
cat > expected <<'E'
Labels.version == "1.2": map[version:1.2] true map[version:2.0] false map[site:oslo] false
Labels.version != "1.2": map[version:1.2] false map[version:2.0] true map[site:oslo] true
Labels.version matches "^1\\.": map[version:1.2] true map[version:2.0] false map[site:oslo] true
Labels.version not matches "^1\\.": map[version:1.2] false map[version:2.0] true map[site:oslo] true
Labels.version matches "^never$": map[version:1.2] false map[version:2.0] false map[site:oslo] true
E
go run filter.go > seen
cat seen
diff expected seen || { echo "CHANGED: the language filters otherwise than noted"; exit 1; }
