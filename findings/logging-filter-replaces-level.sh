#!/usr/bin/env bash
# Software: Microsoft.Extensions.Logging 10.0.10 (NuGet).
# Expected: a filter that says yes or no is asked about what passes the minimum level: with a minimum of Warning nothing below is written.
# Happens:  for the categories it covers, a filter by function takes the place of the minimum level. With AddFilter((category, _) => category != "Noise")
#           everything else is written from Trace on; AddFilter("Noise", level => level != Error) brings the Trace lines of Noise. A filter by level does not add up either:
#           it is the level for its category.
# Matters:  silencing one talkative category at a minimum of Warning turns the log of all others up to the full; tokens and bodies that only Trace shows are in it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > filter.cs <<'E'
#:package Microsoft.Extensions.Logging@10.0.10
#:property PublishAot=false
#:property InvariantGlobalization=true
using Microsoft.Extensions.Logging;
Show("minimum Warning", _ => { });
Show("and all but Noise", b => b.AddFilter((category, _) => category != "Noise"));
Show("and no errors of Noise", b => b.AddFilter("Noise", level => level != LogLevel.Error));

static void Show(string name, Action<ILoggingBuilder> filter)
{
    var lines = new Lines();
    using var factory = LoggerFactory.Create(b => filter(b.SetMinimumLevel(LogLevel.Warning).AddProvider(lines)));
    foreach (var category in new[] { "Fleet", "Noise" })
    {
        var logger = factory.CreateLogger(category);
        foreach (var level in new[] { LogLevel.Trace, LogLevel.Information, LogLevel.Warning, LogLevel.Error }) logger.Log(level, "{Category}:{Level}", category, level);
    }
    Console.WriteLine($"{name}: {string.Join(' ', lines.Written)}");
}

sealed class Lines : ILoggerProvider, ILogger
{
    public List<string> Written { get; } = [];
    public ILogger CreateLogger(string category) => this;
    public IDisposable? BeginScope<T>(T state) where T : notnull => null;
    public bool IsEnabled(LogLevel level) => true;
    public void Log<T>(LogLevel level, EventId id, T state, Exception? e, Func<T, Exception?, string> format) => Written.Add(format(state, e));
    public void Dispose() { }
}
E
cat > expected <<'E'
minimum Warning: Fleet:Warning Fleet:Error Noise:Warning Noise:Error
and all but Noise: Fleet:Trace Fleet:Information Fleet:Warning Fleet:Error
and no errors of Noise: Fleet:Warning Fleet:Error Noise:Trace Noise:Information Noise:Warning
E
dotnet run filter.cs > seen
cat seen
diff expected seen || { echo "CHANGED: filters do otherwise than noted"; exit 1; }
