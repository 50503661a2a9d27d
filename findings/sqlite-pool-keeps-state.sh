#!/usr/bin/env bash
# Software: Microsoft.Data.Sqlite 10.0.15 (NuGet), connection pooling at its default (on).
# Expected: a connection that is closed and opened again is as new, as with SQL Server or Npgsql, whose pools reset it.
# Happens:  the pool hands out the same SQLite handle with everything its last user set: PRAGMA query_only, attached databases, temporary tables.
# Matters:  a reader that protects itself with query_only makes a later writer elsewhere in the process fail with "attempt to write a readonly database",
#           now and then, depending on which handle it gets.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;
const string fleet = "Data Source=fleet.db";
static object? Run(SqliteConnection connection, string sql)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    return command.ExecuteScalar();
}
using (var reader = new SqliteConnection(fleet))
{
    reader.Open();
    Run(reader, "create table node(id text); create temp table seen(id text); attach ':memory:' as scratch; pragma query_only = 1");
}
using (var writer = new SqliteConnection(fleet))
{
    writer.Open();
    Console.WriteLine($"query_only {Run(writer, "pragma query_only")}");
    Console.WriteLine($"temporary tables {Run(writer, "select count(*) from temp.sqlite_master")}");
    Console.WriteLine($"scratch attached {Run(writer, "select count(*) from pragma_database_list where name = 'scratch'")}");
    try { Run(writer, "insert into node values('n1')"); }
    catch (SqliteException e) { Console.WriteLine(e.Message); }
}
using (var unpooled = new SqliteConnection(fleet + ";Pooling=False"))
{
    unpooled.Open();
    Console.WriteLine($"without pooling: query_only {Run(unpooled, "pragma query_only")}");
}
E
cat > expected <<'E'
query_only 1
temporary tables 1
scratch attached 1
SQLite Error 8: 'attempt to write a readonly database'.
without pooling: query_only 0
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Microsoft.Data.Sqlite answers otherwise than noted"; exit 1; }
