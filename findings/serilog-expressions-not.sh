#!/usr/bin/env bash
# Software: Serilog.Expressions 5.0.0 (NuGet), the filter language of Serilog's settings and of Seq.
# Expected: "not" before a comparison is the opposite of it, with and without brackets and with <>; what is missing and what is null count alike.
# Happens:  not Node = 'edge-1' is (not Node) = 'edge-1' and finds nothing at all; with brackets it finds all others, those without a node too; Node <> 'edge-1' finds the others but
#           not those without a node, though it finds those whose node is null. A number in quotes is compared with no number: Cpu > '4' finds nothing. In LIKE the _ of a name is any
#           letter.
# Matters:  a filter that keeps the noise of one node out of the log keeps everything out, or lets it in, by a pair of brackets; nothing is reported, and one sees it when a log is
#           missing.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > filter.cs <<'E'
#:package Serilog.Expressions@5.0.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using Serilog.Events;
using Serilog.Expressions;
using Serilog.Parsing;
var events = new Dictionary<string, object?[]> { ["edge-1"] = ["edge-1", 5], ["edge_1"] = ["edge_1", 5], ["edge-2"] = ["edge-2", 5], ["null"] = [null, 5], ["missing"] = [] };
foreach (var filter in new[] { "Node = 'edge-1'", "Node <> 'edge-1'", "not Node = 'edge-1'", "not (Node = 'edge-1')", "Node is null", "Node like 'edge_1'", "Cpu > 4", "Cpu > '4'", "not (Cpu > 9)" })
{
    var passes = SerilogExpression.Compile(filter);
    var found = events.Where(pair => ExpressionResult.IsTrue(passes(new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Information, null, new MessageTemplate([]),
        pair.Value.Zip(["Node", "Cpu"], (value, name) => new LogEventProperty(name, new ScalarValue(value))))))).Select(pair => pair.Key);
    Console.WriteLine($"{filter}: {string.Join(", ", found)}");
}
E
cat > expected <<'E'
Node = 'edge-1': edge-1
Node <> 'edge-1': edge_1, edge-2, null
not Node = 'edge-1': 
not (Node = 'edge-1'): edge_1, edge-2, null, missing
Node is null: null, missing
Node like 'edge_1': edge-1, edge_1
Cpu > 4: edge-1, edge_1, edge-2, null
Cpu > '4': 
not (Cpu > 9): edge-1, edge_1, edge-2, null, missing
E
dotnet run filter.cs > seen
cat seen
diff expected seen || { echo "CHANGED: events are filtered otherwise than noted"; exit 1; }
