#!/usr/bin/env bash
# Software: Microsoft.Data.Sqlite 10.0.15 (NuGet).
# Expected: GetInt32 of a text throws, as with other providers of .NET; what one method writes, its counterpart reads; a Guid is found by its own text.
# Happens:  a text that is no number is 0, and "12 nodes" is 12. GetBoolean of "true" is false. A number read as TimeSpan counts as days: 90 is 90 days.
#           A Guid is stored as a text in capitals, while Guid.ToString() is in small letters, so a condition with the text finds nothing.
# Matters:  a column that an older version or another tool wrote as text is read as 0 and false, and shown as a fact; an id from an address finds no row.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > read.cs <<'E'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
#:property InvariantGlobalization=true
using Microsoft.Data.Sqlite;
using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
Show("'failed' as Int32", r => r.GetInt32(0), "SELECT 'failed'");
Show("'12 nodes' as Int32", r => r.GetInt32(0), "SELECT '12 nodes'");
Show("'n/a' as Double", r => r.GetDouble(0), "SELECT 'n/a'");
Show("'true' as Boolean", r => r.GetBoolean(0), "SELECT 'true'");
Show("90 as TimeSpan", r => r.GetTimeSpan(0), "SELECT 90");
var id = Guid.Parse("aabbccdd-0000-4000-8000-000000000001");
Show("Guid parameter as text", r => r.GetString(0), "SELECT $id", id);
Show("Guid parameter equal to its text", r => r.GetBoolean(0), $"SELECT $id = '{id}'", id);

void Show(string what, Func<SqliteDataReader, object> read, string sql, object? parameter = null)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    if (parameter is not null) command.Parameters.AddWithValue("$id", parameter);
    using var reader = command.ExecuteReader();
    reader.Read();
    try { Console.WriteLine($"{what}: {read(reader)}"); }
    catch (Exception e) { Console.WriteLine($"{what}: {e.GetType().Name}"); }
}
E
cat > expected <<'E'
'failed' as Int32: 0
'12 nodes' as Int32: 12
'n/a' as Double: 0
'true' as Boolean: False
90 as TimeSpan: 90.00:00:00
Guid parameter as text: AABBCCDD-0000-4000-8000-000000000001
Guid parameter equal to its text: False
E
dotnet run read.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the reader converts otherwise than noted"; exit 1; }
