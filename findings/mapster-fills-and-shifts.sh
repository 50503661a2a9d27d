#!/usr/bin/env bash
# Software: Mapster 10.0.14 and Riok.Mapperly 4.3.1 (NuGet).
# Expected: a state is mapped to the state of the same name, and a value that is not there leaves the default of the target, or is refused.
# Happens:  Mapster maps enums by their number: Running is Scheduled where the target has one state more. So does Mapperly.
#           In Mapster a missing time becomes the year 1, a missing number 0 and a missing list null, over the defaults that the target gives itself.
# Matters:  a state that the server adds in the middle of its list shifts all later ones on the page; "never seen" is shown as seen in the year 1.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > map.cs <<'E'
#:package Mapster@10.0.14
#:package Riok.Mapperly@4.3.1
#:property PublishAot=false
#:property InvariantGlobalization=true
using Mapster;
foreach (var state in Enum.GetValues<ServerState>())
{
    var run = new ServerRun { State = state };
    Console.WriteLine($"{state}: Mapster {run.Adapt<Run>().State}, Mapperly {new Mapper().Map(run).State}");
}
var empty = new ServerRun().Adapt<Run>();
Console.WriteLine($"nothing in Mapster: seen {empty.Seen?.Year.ToString() ?? "null"}, heard {empty.Heard:yyyy}, attempts {empty.Attempts}, tags {(empty.Tags is null ? "null" : "a list")}");

public enum ServerState { Pending, Running, Completed, Failed }
public enum State { Pending, Scheduled, Running, Completed, Failed }
public class ServerRun
{
    public ServerState State { get; init; }
    public DateTimeOffset? Seen { get; init; }
    public DateTimeOffset? Heard { get; init; }
    public int? Attempts { get; init; }
    public List<string>? Tags { get; init; }
}

public class Run
{
    public State State { get; set; }
    public DateTimeOffset? Seen { get; set; }
    public DateTimeOffset Heard { get; set; } = DateTimeOffset.UnixEpoch;
    public int Attempts { get; set; } = 1;
    public List<string> Tags { get; set; } = [];
}

[Riok.Mapperly.Abstractions.Mapper(ThrowOnPropertyMappingNullMismatch = false)]
public partial class Mapper
{
    public partial Run Map(ServerRun run);
}
E
cat > expected <<'E'
Pending: Mapster Pending, Mapperly Pending
Running: Mapster Scheduled, Mapperly Scheduled
Completed: Mapster Running, Mapperly Running
Failed: Mapster Completed, Mapperly Completed
nothing in Mapster: seen null, heard 0001, attempts 0, tags null
E
dotnet build map.cs -v quiet -o out >/dev/null
dotnet out/map.dll > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries map otherwise than noted"; exit 1; }
