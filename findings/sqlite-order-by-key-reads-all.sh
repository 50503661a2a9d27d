#!/usr/bin/env bash
# Software: SQLite 3.53.3 as Microsoft.Data.Sqlite 10.0.15 (NuGet) brings it. By hand: 3.40.1 of Debian 12 follows the keys.
# Expected: a chain of 50 rows, each with the key of the one before, is followed by key: 50 look-ups in a table of 200,000, whatever order is asked for.
# Happens:  joined with the table for its columns and ordered by its primary key, the newer SQLite reads the whole table in that order and looks each row up
#           in the chain. Ordered by the chain's own number, by nothing, or with CROSS JOIN it follows the keys.
# Matters:  the history of one device costs as much as the whole log is long, after an update of a library and with no word in the query changed.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E2'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;
using SQLitePCL;
using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
using (var fill = connection.CreateCommand())
{
    fill.CommandText = """
        CREATE TABLE event(number INTEGER PRIMARY KEY, before INTEGER NOT NULL, state TEXT NOT NULL);
        WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 200000) INSERT INTO event SELECT i, max(0, i - 4000), 'running' FROM n;
        """;
    fill.ExecuteNonQuery();
}
Console.WriteLine($"SQLite {connection.ServerVersion}");
const string Chain = "WITH RECURSIVE chain(at) AS (VALUES(199000) UNION ALL SELECT before FROM chain JOIN event ON number = at WHERE before > 0) SELECT number, state FROM chain";
foreach (var (name, rest) in new[]
{
    ("by the table's key", "JOIN event ON number = at ORDER BY number"), ("by the chain's number", "JOIN event ON number = at ORDER BY at"),
    ("in any order", "JOIN event ON number = at"), ("cross join", "CROSS JOIN event WHERE number = at ORDER BY number"),
})
{
    raw.sqlite3_prepare_v2(connection.Handle!, $"{Chain} {rest}", out var statement);
    var rows = 0;
    while (raw.sqlite3_step(statement) == raw.SQLITE_ROW) rows++;
    Console.WriteLine($"{name}: {rows} rows, {raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_FULLSCAN_STEP, 0)} steps of a full scan");
    statement.Dispose();
}
E2
cat > expected <<'E2'
SQLite 3.53.3
by the table's key: 50 rows, 199999 steps of a full scan
by the chain's number: 50 rows, 0 steps of a full scan
in any order: 50 rows, 0 steps of a full scan
cross join: 50 rows, 0 steps of a full scan
E2
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: SQLite plans otherwise than noted"; exit 1; }
