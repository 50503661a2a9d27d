#!/usr/bin/env bash
# Software: NuGet.Versioning 8.0.0 and Semver 3.0.0 (NuGet), semver 7.8.6 (npm), Masterminds/semver and hashicorp/go-version (Debian
#           golang-github-masterminds-semver-dev 3.2.0-1, golang-github-hashicorp-go-version-dev 1.3.0-1).
# Expected: a filter over versions of agents means one thing: "2.1.*" is every 2.1, ">2.1" is what is later than 2.1.0, upper and lower case are different.
# Happens:  NuGet's "2.1.*" has no upper end, so 9.0.0 is in it, and "2.1" is the same. ">2.1" leaves out 2.1.5 in npm, Semver and Masterminds, not in go-version,
#           for which "2.1" is 2.1.0 alone. "!=2.1.0" lets release candidates in, though ">=2.1.0" does not. For NuGet rc.1 and RC.1 are the same version.
# Matters:  "restrict the rollout to agents 2.1.*" picks the whole fleet in .NET, and the same words on the server side another part of it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$dir/.cache
pins='golang-github-masterminds-semver-dev=3.2.0-1 golang-github-hashicorp-go-version-dev=1.3.0-1'
for pin in $pins; do
    dpkg -s golang-go "${pin%%=*}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends golang-go "${pin%%=*}" >/dev/null
    version=$(dpkg-query -W -f '${Version}' "${pin%%=*}")
    [ "$version" = "${pin#*=}" ] || { echo "${pin%%=*} is $version, this was seen on ${pin#*=}"; exit 1; }
done

cat > filter.cs <<'E'
#:package NuGet.Versioning@8.0.0
#:package Semver@3.0.0
#:package Microsoft.Extensions.Primitives@10.0.10
#:property PublishAot=false
#:property InvariantGlobalization=true
using NuGet.Versioning;
using Semver;
string[] agents = ["2.1.0", "2.1.5", "2.2.0-rc.1", "9.0.0"];
foreach (var filter in new[] { "2.1.*", "2.1" })
    Console.WriteLine($"NuGet.Versioning {filter}: {string.Join(' ', agents.Where(a => VersionRange.Parse(filter).Satisfies(NuGetVersion.Parse(a))))}");
foreach (var filter in new[] { "2.1.*", "2.1", ">2.1", ">=2.1.0" })
    Console.WriteLine($"Semver {filter}: {string.Join(' ', agents.Where(a => SemVersionRange.ParseNpm(filter).Contains(SemVersion.Parse(a))))}");
Console.WriteLine($"NuGet.Versioning 2.2.0-rc.1 and 2.2.0-RC.1: {(NuGetVersion.Parse("2.2.0-rc.1") == NuGetVersion.Parse("2.2.0-RC.1") ? "same" : "different")}");
Console.WriteLine($"Semver 2.2.0-rc.1 and 2.2.0-RC.1: {(SemVersion.Parse("2.2.0-rc.1") == SemVersion.Parse("2.2.0-RC.1") ? "same" : "different")}");
E
cat > filter.mjs <<'E'
import semver from 'semver';
for (const filter of ['2.1.*', '2.1', '>2.1', '>=2.1.0'])
  console.log(`npm semver ${filter}:`, ['2.1.0', '2.1.5', '2.2.0-rc.1', '9.0.0'].filter(a => semver.satisfies(a, filter)).join(' '));
E
cat > filter.go <<'E'
package main

import (
	"fmt"

	"github.com/Masterminds/semver"
	"github.com/hashicorp/go-version"
)

func main() {
	agents := []string{"2.1.0", "2.1.5", "2.2.0-rc.1", "9.0.0"}
	for _, filter := range []string{"2.1.*", "2.1", ">2.1", ">=2.1.0", "!=2.1.0"} {
		fmt.Printf("Masterminds %s:", filter)
		constraint, err := semver.NewConstraint(filter)
		for _, agent := range agents {
			if err == nil && constraint.Check(semver.MustParse(agent)) {
				fmt.Print(" ", agent)
			}
		}
		fmt.Printf("\ngo-version %s:", filter)
		constraints, err := version.NewConstraint(filter)
		if err != nil {
			fmt.Print(" refused")
		}
		for _, agent := range agents {
			if err == nil && constraints.Check(version.Must(version.NewVersion(agent))) {
				fmt.Print(" ", agent)
			}
		}
		fmt.Println()
	}
}
E
cat > expected <<'E'
NuGet.Versioning 2.1.*: 2.1.0 2.1.5 2.2.0-rc.1 9.0.0
NuGet.Versioning 2.1: 2.1.0 2.1.5 2.2.0-rc.1 9.0.0
Semver 2.1.*: 2.1.0 2.1.5
Semver 2.1: 2.1.0 2.1.5
Semver >2.1: 9.0.0
Semver >=2.1.0: 2.1.0 2.1.5 9.0.0
NuGet.Versioning 2.2.0-rc.1 and 2.2.0-RC.1: same
Semver 2.2.0-rc.1 and 2.2.0-RC.1: different
npm semver 2.1.*: 2.1.0 2.1.5
npm semver 2.1: 2.1.0 2.1.5
npm semver >2.1: 9.0.0
npm semver >=2.1.0: 2.1.0 2.1.5 9.0.0
Masterminds 2.1.*: 2.1.0 2.1.5
go-version 2.1.*: refused
Masterminds 2.1: 2.1.0 2.1.5
go-version 2.1: 2.1.0
Masterminds >2.1: 9.0.0
go-version >2.1: 2.1.5 9.0.0
Masterminds >=2.1.0: 2.1.0 2.1.5 9.0.0
go-version >=2.1.0: 2.1.0 2.1.5 9.0.0
Masterminds !=2.1.0: 2.1.5 2.2.0-rc.1 9.0.0
go-version !=2.1.0: 2.1.5 2.2.0-rc.1 9.0.0
E
npm install --silent --no-audit --no-fund semver@7.8.6 >/dev/null
{ dotnet run filter.cs; node filter.mjs; go run filter.go; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries answer otherwise than noted"; exit 1; }
