#!/usr/bin/env bash
# Software: DiffPlex 1.9.0 (NuGet), InlineDiffBuilder, SideBySideDiffBuilder and UnidiffRenderer with their defaults; git.
# Expected: two texts that differ in the indentation of one line differ in that line, and a unified diff turns the first text into the second.
# Happens:  white space at the ends of a line is left out of the comparison unless the caller says otherwise: "no differences". A unified diff leaves
#           such changes out, so the patched text is neither of the two; and a change near the end of a text that ends in a line break, as all do,
#           gives a diff with a last line that the text does not have, which git refuses.
# Matters:  in YAML the indentation is the meaning. A comparison of two job specs calls them equal although a setting has moved into another block.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > compare.cs <<'E'
#:package DiffPlex@1.9.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using DiffPlex.DiffBuilder;
using DiffPlex.Renderer;
var before = "input:\n  file:\n    path: a\n  retry: 3\noutput:\n  drop: {}\n";
var after = "input:\n  file:\n    path: a\n    retry: 3\noutput:\n  drop: {}\n";
Console.WriteLine($"inline: {(InlineDiffBuilder.Diff(before, after).HasDifferences ? "different" : "no differences")}");
Console.WriteLine($"side by side: {(SideBySideDiffBuilder.Diff(before, after).NewText.HasDifferences ? "different" : "no differences")}");
Console.WriteLine($"inline, ignoreWhiteSpace false: {(InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).HasDifferences ? "different" : "no differences")}");
var text = string.Concat(Enumerable.Range(1, 20).Select(i => $"line {i}\n"));
File.WriteAllText("middle", text);
File.WriteAllText("wanted", text.Replace("line 9\n", "line nine\n").Replace("line 10\n", "  line 10\n"));
File.WriteAllText("middle.patch", UnidiffRenderer.GenerateUnidiff(text, File.ReadAllText("wanted"), "middle", "middle").TrimStart('\r', '\n'));
File.WriteAllText("end", text);
File.WriteAllText("end.patch", UnidiffRenderer.GenerateUnidiff(text, text.Replace("line 19\n", "line nineteen\n"), "end", "end").TrimStart('\r', '\n'));
E
cat > expected <<'E'
inline: no differences
side by side: no differences
inline, ignoreWhiteSpace false: different
change in the middle: git applies it, result other than wanted, line 10 is "line 10"
change at the end: git refuses it
E
dotnet run compare.cs > seen
export GIT_CEILING_DIRECTORIES=$(dirname "$dir")
git apply middle.patch 2>/dev/null && echo "change in the middle: git applies it, result $(cmp -s middle wanted && echo as || echo other than) wanted, line 10 is \"$(sed -n 10p middle)\"" >> seen
git apply end.patch 2>/dev/null && echo "change at the end: git applies it" >> seen || echo "change at the end: git refuses it" >> seen
cat seen
diff expected seen || { echo "CHANGED: the library compares otherwise than noted"; exit 1; }
