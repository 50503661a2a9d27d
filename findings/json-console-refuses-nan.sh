#!/usr/bin/env bash
# Software: the JSON console formatter of Microsoft.Extensions.Logging in .NET 10.0 (seen on 10.0.12).
# Expected: a log call never throws for what it is asked to write; the simple formatter writes NaN, and a JSON formatter would write "NaN" or null.
# Happens:  a NaN or an infinity, as value of the message or of a scope, makes the log call throw AggregateException at its caller, and the line is lost.
#           A name that is used twice in a message is written twice in one object.
# Matters:  "rate {Rate}" with 0 / 0 works on the desk, with the simple console, and ends the loop that logs it in production, where the format is JSON.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > log.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
Try("simple", b => b.AddSimpleConsole(o => o.SingleLine = true), log => log.LogInformation("rate {Rate}", double.NaN));
Try("JSON", b => b.AddJsonConsole(), log => log.LogInformation("rate {Rate}", 0.5));
Try("JSON", b => b.AddJsonConsole(), log => log.LogInformation("rate {Rate}", double.NaN));
Try("JSON", b => b.AddJsonConsole(), log => log.LogInformation("rate {Rate}", float.PositiveInfinity));
Try("JSON", b => b.AddJsonConsole(o => o.IncludeScopes = true), log =>
{
    using (log.BeginScope(new Dictionary<string, object> { ["Rate"] = double.NaN })) log.LogInformation("tick");
});
Try("JSON", b => b.AddJsonConsole(), log => log.LogInformation("{Node} replaces {Node}", "edge-2", "edge-1"));

static void Try(string name, Action<ILoggingBuilder> format, Action<ILogger> write)
{
    var outcome = "returned";
    using (var factory = LoggerFactory.Create(format))
    {
        try { write(factory.CreateLogger("agent")); }
        catch (Exception e) { outcome = $"threw {e.GetType().Name} of {e.InnerException?.GetType().Name}"; }
    }
    Console.WriteLine($"{name}: {outcome}");
}
E
cat > expected <<'E'
info: agent[0] rate NaN
simple: returned
{"EventId":0,"LogLevel":"Information","Category":"agent","Message":"rate 0.5","State":{"Rate":0.5,"{OriginalFormat}":"rate {Rate}"}}
JSON: returned
JSON: threw AggregateException of ArgumentException
JSON: threw AggregateException of ArgumentException
JSON: threw AggregateException of ArgumentException
{"EventId":0,"LogLevel":"Information","Category":"agent","Message":"edge-2 replaces edge-1","State":{"Node":"edge-2","Node":"edge-1","{OriginalFormat}":"{Node} replaces {Node}"}}
JSON: returned
E
dotnet run log.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the formatter writes otherwise than noted"; exit 1; }
