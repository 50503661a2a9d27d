#!/usr/bin/env bash
# Software: Scriban.Signed 7.5.3 (NuGet), Template.Render with an object of .NET.
# Expected: {{ node.NodeId }} is the property NodeId of the object; a name that does not exist is an error; a time is written with its time of day.
# Happens:  properties have other names: NodeId is node_id, and NodeId is an empty text. Keys of a dictionary keep theirs. A DateTime is written as its day, a
#           DateTimeOffset month first, and date.to_string refuses it. A member of what is missing is an error, though the missing itself is not. 0, empty texts and empty
#           lists are true. 5 + '3' is 53, and 10 < '9' is true: beside a text all is text.
# Matters:  a notice comes out with holes where the ids should be, for each failed execution, and nobody gets an error; "if node.failures" is always true.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > render.cs <<'E'
#:package Scriban.Signed@7.5.3
#:property PublishAot=false
#:property InvariantGlobalization=true
var node = new
{
    NodeId = "edge-1", Failures = 0, Zones = Array.Empty<string>(), Note = "", Labels = new Dictionary<string, string> { ["NodeId"] = "from the label" },
    StartedAt = new DateTime(2026, 11, 29, 22, 5, 0, DateTimeKind.Utc), HeardAt = new DateTimeOffset(2026, 11, 29, 22, 5, 0, TimeSpan.FromHours(5.5)), Cpu = 2.5,
};
foreach (var text in new[]
{
    "{{ node.NodeId }}", "{{ node.node_id }}", "{{ node.labels.NodeId }}", "{{ node.labels.node_id }}", "{{ node.missing }}", "{{ node.missing.at }}", "{{ node.started_at }}",
    "{{ node.heard_at }}", "{{ node.started_at | date.to_string '%F %T' }}", "{{ node.heard_at | date.to_string '%F %T' }}", "{{ if node.failures; 'failures'; else; 'none'; end }}",
    "{{ if node.zones; 'zones'; else; 'none'; end }}", "{{ if node.note; 'note'; else; 'none'; end }}", "{{ 5 + '3' }}", "{{ 10 < '9' }}", "{{ node.cpu | math.round }}",
})
{
    string seen;
    try { seen = $"'{Scriban.Template.Parse(text).Render(new { node })}'"; }
    catch (Scriban.Syntax.ScriptRuntimeException e) { seen = "error: " + e.OriginalMessage; }
    Console.WriteLine($"{text} => {seen}");
}
E
cat > expected <<'E'
{{ node.NodeId }} => ''
{{ node.node_id }} => 'edge-1'
{{ node.labels.NodeId }} => 'from the label'
{{ node.labels.node_id }} => ''
{{ node.missing }} => ''
{{ node.missing.at }} => error: Cannot get the member node.missing.at for a null object.
{{ node.started_at }} => '29 Nov 2026'
{{ node.heard_at }} => '11/29/2026 22:05:00 +05:30'
{{ node.started_at | date.to_string '%F %T' }} => '2026-11-29 22:05:00'
{{ node.heard_at | date.to_string '%F %T' }} => error: Unable to convert type `DateTimeOffset` to `DateTime`
{{ if node.failures; 'failures'; else; 'none'; end }} => 'failures'
{{ if node.zones; 'zones'; else; 'none'; end }} => 'zones'
{{ if node.note; 'note'; else; 'none'; end }} => 'note'
{{ 5 + '3' }} => '53'
{{ 10 < '9' }} => 'true'
{{ node.cpu | math.round }} => '2'
E
dotnet run render.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library renders otherwise than noted"; exit 1; }
