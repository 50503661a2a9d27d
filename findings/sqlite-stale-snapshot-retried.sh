#!/usr/bin/env bash
# Software: Microsoft.Data.Sqlite 10.0.15 (NuGet), a file in WAL mode.
# Expected: a transaction that has read, and whose snapshot is old because another connection has written since, fails at once: no waiting can make it new.
# Happens:  the write is tried again until the command timeout is over (30 s by default), then it fails with SQLITE_BUSY_SNAPSHOT. ExecuteNonQueryAsync does the
#           same before it returns its task, on the thread of its caller, and does not look at its token meanwhile.
# Matters:  "read, then write" in a deferred transaction works in every test with one writer; with two it holds a thread of the server for half a minute.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > write.cs <<'E'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using var first = new SqliteConnection("Data Source=fleet.db");
using var second = new SqliteConnection("Data Source=fleet.db");
first.Open();
second.Open();
Command(first, "PRAGMA journal_mode = WAL; CREATE TABLE node (id)").ExecuteNonQuery();
using var transaction = first.BeginTransaction(deferred: true);
Command(first, "SELECT count(*) FROM node").ExecuteScalar();
Command(second, "INSERT INTO node VALUES ('edge-1')").ExecuteNonQuery();
foreach (var way in new[] { "ExecuteNonQuery", "ExecuteNonQueryAsync, cancelled after 0.5 s" })
{
    var watch = Stopwatch.StartNew();
    using var cancelled = new CancellationTokenSource(500);
    try
    {
        var insert = Command(first, "INSERT INTO node VALUES ('edge-2')");
        if (way.Contains("Async"))
        {
            var task = insert.ExecuteNonQueryAsync(cancelled.Token);
            Console.WriteLine($"{way}: the call took {Seconds()}");
            await task;
        }
        else insert.ExecuteNonQuery();
        Console.WriteLine($"{way}: written");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{way}: {(e is SqliteException s ? $"error {s.SqliteErrorCode}, {s.SqliteExtendedErrorCode}" : e.GetType().Name)} after {Seconds()}");
    }

    string Seconds() => watch.Elapsed.TotalSeconds > 2.9 ? "the command timeout of 3 s" : "less than the command timeout";
}

SqliteCommand Command(SqliteConnection connection, string sql)
{
    var command = connection.CreateCommand();
    command.CommandText = sql;
    command.CommandTimeout = 3;
    return command;
}
E
cat > expected <<'E'
ExecuteNonQuery: error 5, 517 after the command timeout of 3 s
ExecuteNonQueryAsync, cancelled after 0.5 s: the call took the command timeout of 3 s
ExecuteNonQueryAsync, cancelled after 0.5 s: error 5, 517 after the command timeout of 3 s
E
dotnet run write.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library waits otherwise than noted"; exit 1; }
