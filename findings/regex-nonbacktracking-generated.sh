#!/usr/bin/env bash
# Software: .NET SDK 10.0 (seen on 10.0.401), [GeneratedRegex] with RegexOptions.NonBacktracking.
# Expected: the generator reads the pattern while it compiles, so a pattern that the options do not allow is an error of the compiler, as a wrong pattern is.
# Happens:  a look-behind, a backreference or an atomic group with NonBacktracking compiles without a word, and throws when it is first used: not the
#           NotSupportedException of the constructor but a TypeInitializationException, and again on each use.
# Matters:  NonBacktracking is the usual guard for patterns over log lines; a filter added in that way fails in the first viewer's page, not in the build.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > regex.cs <<'E'
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Text.RegularExpressions;
Console.WriteLine("compiled");
foreach (var (name, make) in new (string, Func<Regex>)[]
{
    ("look-behind, constructed", () => new Regex(@"(?<=key=)\S+", RegexOptions.NonBacktracking)),
    ("look-behind, generated", Patterns.LookBehind), ("look-behind, generated, again", Patterns.LookBehind),
    ("backreference, generated", Patterns.Backreference), ("atomic group, generated", Patterns.AtomicGroup),
})
{
    try { Console.WriteLine($"{name}: {make().IsMatch("key=1")}"); }
    catch (Exception e) { Console.WriteLine($"{name}: {e.GetType().Name}"); }
}

partial class Patterns
{
    [GeneratedRegex(@"(?<=key=)\S+", RegexOptions.NonBacktracking)] public static partial Regex LookBehind();
    [GeneratedRegex(@"(a)\1", RegexOptions.NonBacktracking)] public static partial Regex Backreference();
    [GeneratedRegex("(?>a+)b", RegexOptions.NonBacktracking)] public static partial Regex AtomicGroup();
}
E
cat > expected <<'E'
compiled
look-behind, constructed: NotSupportedException
look-behind, generated: TypeInitializationException
look-behind, generated, again: TypeInitializationException
backreference, generated: TypeInitializationException
atomic group, generated: TypeInitializationException
E
dotnet run regex.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the generator does otherwise than noted"; exit 1; }
