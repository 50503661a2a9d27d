#!/usr/bin/env bash
# Software: LiteDB 5.0.21 (NuGet), the small document database of .NET.
# Expected: an object that is stored comes back as it was; two ids that differ are two documents; what is missing is not less than 5.
# Happens:  a text loses the spaces at its ends, and an empty one is null and is not found as empty. Ids do not mind case: Edge-1 and edge-1 are a duplicate. A DateTime in UTC comes
#           back as the local time of the server, one without a kind is taken for local, a DateTimeOffset loses its offset and all below a millisecond. In a query, what is missing is
#           less than 5, and less than any text.
# Matters:  names of nodes on Linux that differ in case cannot both be kept, and the insert of the second fails. An indented first line or an empty comment is another one when it is
#           read; a time without a zone moves by the server's zone on its way through JSON.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Europe/Berlin
cat > keep.cs <<'E'
#:package LiteDB@5.0.21
#:property PublishAot=false
#:property InvariantGlobalization=true
using static System.FormattableString;
using LiteDB;
using var database = new LiteDatabase("fleet.db");
var nodes = database.GetCollection<Node>("nodes");
var at = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc);
nodes.Insert(new Node { Id = "Edge-1", Script = "  indented", Comment = "", Utc = at, Plain = DateTime.SpecifyKind(at, DateTimeKind.Unspecified), Seen = new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.FromHours(2)).AddMicroseconds(1500) });
var node = nodes.FindById("Edge-1");
Console.WriteLine($"script \"{node.Script}\", comment {(node.Comment is null ? "null" : $"\"{node.Comment}\"")}, found by an empty comment: {nodes.Count(n => n.Comment == "")}");
Console.WriteLine(Invariant($"10:00 UTC: {node.Utc:HH:mm} {node.Utc.Kind}; 10:00 without a kind: {node.Plain:HH:mm} {node.Plain.Kind}; 10:00:00.0015 +02:00: {node.Seen:HH:mm:ss.FFFFFF zzz}"));
try { nodes.Insert(new Node { Id = "edge-1" }); Console.WriteLine("edge-1 beside Edge-1: taken"); }
catch (LiteException refused) { Console.WriteLine($"edge-1 beside Edge-1: {refused.Message}"); }
foreach (var condition in new[] { "Load < 5", "Load < 'a'", "Load > 5", "Load = null" })
    Console.WriteLine($"{condition}, of a document without Load: {(database.Execute($"select $ from nodes where {condition}").ToList().Count == 1 ? "true" : "false")}");
class Node { public string Id { get; set; } = ""; public string? Script { get; set; } public string? Comment { get; set; } public DateTime Utc { get; set; } public DateTime Plain { get; set; } public DateTimeOffset Seen { get; set; } }
E
cat > expected <<'E'
script "indented", comment null, found by an empty comment: 0
10:00 UTC: 11:00 Local; 10:00 without a kind: 10:00 Local; 10:00:00.0015 +02:00: 08:00:00.001 +00:00
edge-1 beside Edge-1: Cannot insert duplicate key in unique index '_id'. The duplicate value is '"edge-1"'.
Load < 5, of a document without Load: true
Load < 'a', of a document without Load: true
Load > 5, of a document without Load: false
Load = null, of a document without Load: true
E
dotnet run keep.cs > seen
cat seen
diff expected seen || { echo "CHANGED: values are kept otherwise than noted"; exit 1; }
