#!/usr/bin/env bash
# Software: CommandLineParser 2.9.1 and System.CommandLine 2.0.0 (NuGet).
# Expected: --flag false and --flag=false turn a flag off, or are refused; a number that cannot be read is refused.
# Happens:  in CommandLineParser both turn it on: a flag has no value there, and the value is dropped. 1,5 is 15 in both. A time with Z becomes a local time of the
#           machine. In System.CommandLine --id --other gives the id "--other", and an id that begins with @ is looked for as a file.
# Matters:  "--delete-volumes=false" in a script of a device deletes them, and a factor of 1,5 is ten times too large.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Asia/Kolkata
cat > parse.cs <<'E'
#:package CommandLineParser@2.9.1
#:package System.CommandLine@2.0.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.CommandLine;
using CommandLine;
var parser = new CommandLine.Parser(settings => settings.HelpWriter = null);
foreach (var words in new string[][] { ["--flag"], ["--flag", "false"], ["--flag=false"], ["--factor", "1,5"], ["--at", "2026-02-01T10:00:00Z"], ["--flag", "--nothing"] })
{
    var options = parser.ParseArguments<Options>(words).Value;
    Console.WriteLine($"CommandLineParser {string.Join(' ', words)}: {(options == null ? "refused" : options.At != default ? $"{options.At:o}" : options.Factor != 0 ? options.Factor : options.Flag)}");
}
var flag = new System.CommandLine.Option<bool>("--flag");
var factor = new System.CommandLine.Option<double>("--factor");
var at = new System.CommandLine.Option<DateTime>("--at");
var id = new System.CommandLine.Option<string>("--id");
var root = new RootCommand { flag, factor, at, id };
foreach (var words in new string[][] { ["--flag", "false"], ["--flag=false"], ["--factor", "1,5"], ["--at", "2026-02-01T10:00:00Z"], ["--id", "--other"], ["--id", "@edge"] })
{
    var parsed = root.Parse(words);
    object? value = parsed.Errors.Count > 0 ? "refused" : words[0].StartsWith("--flag") ? parsed.GetValue(flag) : words[0] == "--factor" ? parsed.GetValue(factor)
        : words[0] == "--at" ? $"{parsed.GetValue(at):o}" : parsed.GetValue(id);
    Console.WriteLine($"System.CommandLine {string.Join(' ', words)}: {value}");
}

public class Options
{
    [Option("flag")] public bool Flag { get; set; }
    [Option("factor")] public double Factor { get; set; }
    [Option("at")] public DateTime At { get; set; }
}
E
cat > expected <<'E'
CommandLineParser --flag: True
CommandLineParser --flag false: True
CommandLineParser --flag=false: True
CommandLineParser --factor 1,5: 15
CommandLineParser --at 2026-02-01T10:00:00Z: 2026-02-01T15:30:00.0000000+05:30
CommandLineParser --flag --nothing: refused
System.CommandLine --flag false: False
System.CommandLine --flag=false: False
System.CommandLine --factor 1,5: 15
System.CommandLine --at 2026-02-01T10:00:00Z: 2026-02-01T15:30:00.0000000+05:30
System.CommandLine --id --other: --other
System.CommandLine --id @edge: refused
E
dotnet run parse.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries parse otherwise than noted"; exit 1; }
