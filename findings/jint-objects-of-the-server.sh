#!/usr/bin/env bash
# Software: Jint 4.18.0 (NuGet), JavaScript within .NET for rules and mappings.
# Expected: values of .NET behave in a script as values of JavaScript do: a list is an array, a missing label is undefined, sorting gives the sorted list, durations compare, an enum is
#           its name.
# Happens:  a list has map, but Array.isArray says no, and sort() is that of .NET: it gives nothing, and the list of the server is in another order from then on. labels.missing is
#           undefined, but labels.Count, where there is no such label, is how many there are. A duration is above no number and below none, an enum is its number, a long past 2^53 is
#           its neighbour, null is below 5. A time without a kind is taken for local.
# Matters:  a rule that looks at the slowest three runs re-orders what every other reader of that list sees. "labels.Count > 2" is true for nodes that have no label of that name; "took
#           > 60" never fires.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Europe/Berlin
cat > rules.cs <<'E'
#:package Jint@4.18.0
#:property PublishAot=false
#:property InvariantGlobalization=true
var runs = new List<int> { 3, 1, 2 };
var engine = new Jint.Engine()
    .SetValue("runs", runs).SetValue("labels", new Dictionary<string, object?> { ["site"] = "oslo", ["ring"] = "1", ["rack"] = "7" })
    .SetValue("run", new Run(TimeSpan.FromSeconds(90), DayOfWeek.Friday, 9007199254740993, null, new DateTime(2026, 1, 1, 10, 0, 0)));
foreach (var rule in new[] { "runs.map(run => run + 1).join()", "Array.isArray(runs)", "runs.sort()", "labels.site", "labels.missing", "labels.Count", "run.Took > 60", "run.Took < 60", "run.Day == 'Friday'", "run.Day", "run.Id == 9007199254740992", "run.Free < 5", "JSON.stringify(run.At)" })
{
    string answer;
    try { answer = engine.Evaluate(rule).ToString(); } catch (Exception error) { answer = error.GetType().Name; }
    Console.WriteLine($"{rule}: {answer}");
}
Console.WriteLine($"the server's list, which was 3, 1, 2: {string.Join(", ", runs)}");
public record Run(TimeSpan Took, DayOfWeek Day, long Id, int? Free, DateTime At);
E
cat > expected <<'E'
runs.map(run => run + 1).join(): 4,2,3
Array.isArray(runs): false
runs.sort(): null
labels.site: oslo
labels.missing: undefined
labels.Count: 3
run.Took > 60: false
run.Took < 60: false
run.Day == 'Friday': false
run.Day: 5
run.Id == 9007199254740992: true
run.Free < 5: true
JSON.stringify(run.At): "2026-01-01T09:00:00.000Z"
the server's list, which was 3, 1, 2: 1, 2, 3
E
dotnet run rules.cs > seen
cat seen
diff expected seen || { echo "CHANGED: scripts see the server's objects otherwise than noted"; exit 1; }
