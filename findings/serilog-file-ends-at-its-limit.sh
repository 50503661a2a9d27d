#!/usr/bin/env bash
# Software: Serilog 4.4.0 and Serilog.Sinks.File 7.0.0 (NuGet).
# Expected: a log file that has reached its size limit is followed by the next one, or its oldest lines go; the newest lines are the ones that are kept.
# Happens:  fileSizeLimitBytes alone ends the log: everything after the limit is dropped, until the day rolls over if rolling by day is on, and for ever if it is not.
#           The limit is 1 GiB when nothing is said. rollOnFileSizeLimit is false by default. The program is not told.
# Matters:  a service that logs much is silent from the afternoon on, just when it logs more because something is wrong.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > log.cs <<'E'
#:package Serilog@4.4.0
#:package Serilog.Sinks.File@7.0.0
#:property PublishAot=false
using System.Reflection;
using Serilog;
Write("limit alone", "alone", sink => sink.File("alone/log.txt", fileSizeLimitBytes: 2000));
Write("limit and a file a day", "day", sink => sink.File("day/log.txt", rollingInterval: RollingInterval.Day, fileSizeLimitBytes: 2000));
Write("limit and rollOnFileSizeLimit", "roll", sink => sink.File("roll/log.txt", rollOnFileSizeLimit: true, fileSizeLimitBytes: 2000, retainedFileCountLimit: null));
var parameters = typeof(FileLoggerConfigurationExtensions).GetMethods(BindingFlags.Public | BindingFlags.Static)
    .Where(method => method.Name == "File").SelectMany(method => method.GetParameters()).Where(parameter => parameter is { Name: "fileSizeLimitBytes", DefaultValue: long });
Console.WriteLine($"limit when nothing is said: {string.Join(' ', parameters.Select(parameter => parameter.DefaultValue).Distinct())}");

static void Write(string name, string folder, Func<Serilog.Configuration.LoggerSinkConfiguration, LoggerConfiguration> configure)
{
    using (var logger = configure(new LoggerConfiguration().WriteTo).CreateLogger())
        for (var i = 1; i <= 200; i++) logger.Information("Run {Run} ended", i);
    var lines = Directory.GetFiles(folder).SelectMany(File.ReadAllLines).ToList();
    Console.WriteLine($"{name}: {(lines.Count == 200 ? "all" : "some")} lines kept, the last one is {(lines.Any(line => line.EndsWith("Run 200 ended", StringComparison.Ordinal)) ? "there" : "missing")}");
}
E
cat > expected <<'E'
limit alone: some lines kept, the last one is missing
limit and a file a day: some lines kept, the last one is missing
limit and rollOnFileSizeLimit: all lines kept, the last one is there
limit when nothing is said: 1073741824
E
dotnet run log.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Serilog.Sinks.File keeps otherwise than noted"; exit 1; }
