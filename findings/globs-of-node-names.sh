#!/usr/bin/env bash
# Software: minimatch 11.0.9, picomatch 4.0.7 and globrex 0.1.2 (npm), DotNet.Glob 3.1.3 and Microsoft.Extensions.FileSystemGlobbing 10.0.10 (NuGet), fnmatch of Python 3.11.
# Expected: edge-?, edge-[0-9] and edge-[!1] mean the same to each library that calls itself a glob; *.* needs a dot, and a pattern is case-sensitive or says that it is not.
# Happens:  FileSystemGlobbing knows neither ? nor brackets, ignores case, and finds edge-1 by *.*. globrex knows no ? and no brackets unless it is told. [!1] and
#           [^1] both work in minimatch alone. picomatch does not know [!1], DotNet.Glob and fnmatch do not know [^1]. "#1" matches nothing in minimatch, being a
#           comment. * takes a slash in two.
# Matters:  "all nodes but edge-1" picks all, none or the right ones, depending on which of the libraries reads the pattern; none of them reports a sign that it does not know.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > patterns <<'E'
edge-? edge-1
edge-[0-9] edge-1
edge-[!1] edge-2
edge-[^1] edge-2
{edge,core}-* edge-1
*.* edge-1
Edge-* edge-1
#1 #1
* site/edge-1
E
cat > match.cs <<'E'
#:package DotNet.Glob@3.1.3
#:package Microsoft.Extensions.FileSystemGlobbing@10.0.10
#:property PublishAot=false
using DotNet.Globbing;
using Microsoft.Extensions.FileSystemGlobbing;
foreach (var line in File.ReadLines("patterns"))
{
    var (pattern, name) = line.Split(' ') switch { var parts => (parts[0], parts[1]) };
    Console.WriteLine($"{line}: DotNet.Glob {Yes(Glob.Parse(pattern).IsMatch(name))}, FileSystemGlobbing {Yes(new Matcher().AddInclude(pattern).Match(name).HasMatches)}");
}

static string Yes(bool matches) => matches ? "yes" : "no";
E
cat > match.mjs <<'E'
import { readFileSync } from 'fs';
import globrex from 'globrex';
import { minimatch } from 'minimatch';
import picomatch from 'picomatch';
const yes = matches => matches ? 'yes' : 'no';
for (const line of readFileSync('patterns', 'utf8').trim().split('\n')) {
  const [pattern, name] = line.split(' ');
  console.log(`${line}: minimatch ${yes(minimatch(name, pattern))}, picomatch ${yes(picomatch(pattern)(name))}, globrex ${yes(globrex(pattern).regex.test(name))}, globrex extended ${yes(globrex(pattern, { extended: true }).regex.test(name))}`);
}
E
cat > match.py <<'E'
from fnmatch import fnmatch
for line in open("patterns"):
    pattern, name = line.split()
    print(f"{pattern} {name}: fnmatch {'yes' if fnmatch(name, pattern) else 'no'}")
E
cat > expected <<'E'
#1 #1: DotNet.Glob yes, FileSystemGlobbing yes
#1 #1: fnmatch yes
#1 #1: minimatch no, picomatch yes, globrex yes, globrex extended yes
* site/edge-1: DotNet.Glob no, FileSystemGlobbing no
* site/edge-1: fnmatch yes
* site/edge-1: minimatch no, picomatch no, globrex yes, globrex extended yes
*.* edge-1: DotNet.Glob no, FileSystemGlobbing yes
*.* edge-1: fnmatch no
*.* edge-1: minimatch no, picomatch no, globrex no, globrex extended no
Edge-* edge-1: DotNet.Glob no, FileSystemGlobbing yes
Edge-* edge-1: fnmatch no
Edge-* edge-1: minimatch no, picomatch no, globrex no, globrex extended no
edge-? edge-1: DotNet.Glob yes, FileSystemGlobbing no
edge-? edge-1: fnmatch yes
edge-? edge-1: minimatch yes, picomatch yes, globrex no, globrex extended yes
edge-[!1] edge-2: DotNet.Glob yes, FileSystemGlobbing no
edge-[!1] edge-2: fnmatch yes
edge-[!1] edge-2: minimatch yes, picomatch no, globrex no, globrex extended yes
edge-[0-9] edge-1: DotNet.Glob yes, FileSystemGlobbing no
edge-[0-9] edge-1: fnmatch yes
edge-[0-9] edge-1: minimatch yes, picomatch yes, globrex no, globrex extended yes
edge-[^1] edge-2: DotNet.Glob no, FileSystemGlobbing no
edge-[^1] edge-2: fnmatch no
edge-[^1] edge-2: minimatch yes, picomatch yes, globrex no, globrex extended no
{edge,core}-* edge-1: DotNet.Glob no, FileSystemGlobbing no
{edge,core}-* edge-1: fnmatch no
{edge,core}-* edge-1: minimatch yes, picomatch yes, globrex no, globrex extended yes
E
npm install --silent --no-audit --no-fund minimatch@11.0.9 picomatch@4.0.7 globrex@0.1.2 >/dev/null
{ node match.mjs; dotnet run match.cs; /usr/bin/python3 match.py; } | LC_ALL=C sort > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries match otherwise than noted"; exit 1; }
