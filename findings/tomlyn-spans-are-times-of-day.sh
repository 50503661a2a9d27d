#!/usr/bin/env bash
# Software: Tomlyn 2.10.2 (NuGet), TomlSerializer with a class.
# Expected: a TimeSpan in a settings class can have any length, and a key that the class does not have is an error, or its spelling in TOML's usual form is understood.
# Happens:  a TimeSpan is a time of day: 23:59:59 is written and read, 24 hours and all spans below zero throw when they are written, and texts or numbers throw when they
#           are read. A key in another spelling, heartbeat_timeout for HeartbeatTimeout, is left out in silence, and the property keeps its initial value. State = 7 is a
#           state that the enum does not have.
# Matters:  the settings page of an agent works until somebody enters a day, and a typing error in the file means the default.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > settings.cs <<'E'
#:package Tomlyn@2.10.2
#:property PublishAot=false
#:property InvariantGlobalization=true
using Tomlyn;
string Try(Func<string> act)
{
    try { return act().Trim().ReplaceLineEndings(", "); }
    catch (TomlException e) { return "throws: " + e.Message.Split('\n')[0]; }
}
foreach (var timeout in new[] { TimeSpan.FromSeconds(86_399), TimeSpan.FromHours(24), TimeSpan.FromSeconds(-5) })
    Console.WriteLine($"{timeout} is written as {Try(() => TomlSerializer.Serialize(new Settings { HeartbeatTimeout = timeout }))}");
foreach (var text in new[] { "HeartbeatTimeout = 10:00:00", "HeartbeatTimeout = '10:00:00'", "HeartbeatTimeout = 90", "heartbeat_timeout = 10:00:00", "heartbeatTimeout = 10:00:00", "State = 7" })
    Console.WriteLine($"{text} is read as {Try(() => TomlSerializer.Deserialize<Settings>(text)! is var read ? $"{read.HeartbeatTimeout}, {read.State}" : "")}");
public enum State { Off, On }
public class Settings
{
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromMinutes(1);
    public State State { get; set; }
}
E
cat > expected <<'E'
23:59:59 is written as HeartbeatTimeout = 23:59:59, State = 0
1.00:00:00 is written as throws: TimeSpan values must be within a single day to be representable as TOML local-time.
-00:00:05 is written as throws: TimeSpan values must be within a single day to be representable as TOML local-time.
HeartbeatTimeout = 10:00:00 is read as 10:00:00, Off
HeartbeatTimeout = '10:00:00' is read as throws: (1,20) : error : Expected DateTime token but was String.
HeartbeatTimeout = 90 is read as throws: (1,20) : error : Expected DateTime token but was Integer.
heartbeat_timeout = 10:00:00 is read as 00:01:00, Off
heartbeatTimeout = 10:00:00 is read as 00:01:00, Off
State = 7 is read as 00:01:00, 7
E
dotnet run settings.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library reads and writes otherwise than noted"; exit 1; }
