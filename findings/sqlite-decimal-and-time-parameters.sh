#!/usr/bin/env bash
# Software: Microsoft.Data.Sqlite 10.0.15 (NuGet).
# Expected: parameters compare as what they are: a decimal as a number, a TimeSpan by its length, a DateTimeOffset by its moment.
# Happens:  all three are bound as text. Against a column declared REAL a decimal is turned into a number; against an expression (an average, a ratio)
#           it stays text, which is greater than any number, so the condition is never true. "10.00:00:00" is less than "3.00:00:00",
#           and 05:00+02:00 is later than 04:00+00:00 though it was an hour before.
# Matters:  a threshold on an average finds nothing and reports no error; "longest outage" and "latest change" pick the wrong row.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;
using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
object? Ask(string sql, params object[] values)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
    return command.ExecuteScalar();
}
Ask("create table node(id text, cpu real); insert into node values ('n1', 97), ('n1', 99)");
Console.WriteLine($"cpu > 90m: {Ask("select count(*) from node where cpu > $0", 90m)} rows");
Console.WriteLine($"avg(cpu) > 90m: {Ask("select count(*) from (select avg(cpu) load from node group by id) where load > $0", 90m)} rows");
Console.WriteLine($"avg(cpu) > 90d: {Ask("select count(*) from (select avg(cpu) load from node group by id) where load > $0", 90d)} rows");
Console.WriteLine($"3 days < 10 days: {Ask("select $0 < $1", TimeSpan.FromDays(3), TimeSpan.FromDays(10))}");
Console.WriteLine($"05:00+02:00 < 04:00Z: {Ask("select $0 < $1", DateTimeOffset.Parse("2026-11-29T05:00:00+02:00"), DateTimeOffset.Parse("2026-11-29T04:00:00Z"))}");
E
cat > expected <<'E'
cpu > 90m: 2 rows
avg(cpu) > 90m: 0 rows
avg(cpu) > 90d: 1 rows
3 days < 10 days: 0
05:00+02:00 < 04:00Z: 0
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Microsoft.Data.Sqlite answers otherwise than noted"; exit 1; }
