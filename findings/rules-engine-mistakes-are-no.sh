#!/usr/bin/env bash
# Software: RulesEngine 6.0.1 (NuGet).
# Expected: a rule that cannot be evaluated is not the same as a rule that was evaluated and does not hold.
# Happens:  a name that is misspelt, a text that is null and a comparison of two types are IsSuccess false, as a rule that does not hold; what happened stands in
#           ExceptionMessage, for who looks there. A number that is missing is neither above nor at most 5, and a division of whole numbers is a whole number.
# Matters:  an alert whose rule was mistyped never rings, and its page says that all is well.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > rules.cs <<'E'
#:package RulesEngine@6.0.1
#:property NoWarn=NU1603
#:property PublishAot=false
#:property InvariantGlobalization=true
using RulesEngine.Models;
var node = new Node(95, null, null, 7);
foreach (var expression in new[]
{
    "node.Cpu > 90", "node.Cpu < 90", "node.Cppu > 90", "node.Name.StartsWith(\"edge\")", "node.Name > 5", "node.Celsius > 5", "node.Celsius <= 5", "node.Failures / 2 > 3.2",
})
{
    var engine = new RulesEngine.RulesEngine([new Workflow { WorkflowName = "alerts", Rules = [new Rule { RuleName = "rule", Expression = expression }] }]);
    var result = (await engine.ExecuteAllRulesAsync("alerts", new RuleParameter("node", node)))[0];
    Console.WriteLine($"{expression}: {result.IsSuccess}{(string.IsNullOrEmpty(result.ExceptionMessage) ? "" : ", with a message")}");
}
public record Node(double Cpu, string? Name, double? Celsius, int Failures);
E
cat > expected <<'E'
node.Cpu > 90: True
node.Cpu < 90: False
node.Cppu > 90: False, with a message
node.Name.StartsWith("edge"): False, with a message
node.Name > 5: False, with a message
node.Celsius > 5: False
node.Celsius <= 5: False
node.Failures / 2 > 3.2: False
E
dotnet run rules.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the rules are evaluated otherwise than noted"; exit 1; }
