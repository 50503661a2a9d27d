#!/usr/bin/env bash
# Software: Microsoft.Data.Sqlite 10.0.15 (NuGet).
# Expected: one of a cancelled token, SqliteCommand.Cancel() and CommandTimeout ends a query that runs too long.
# Happens:  none of them does. The token is looked at before the query only, Cancel() does nothing, and CommandTimeout limits the waiting for locks alone.
#           sqlite3_interrupt on the connection's handle does end it.
# Matters:  a viewer who closes the page leaves the query of his history running on a thread of the server; many who reload take all of them.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ask.cs <<'E'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using Microsoft.Data.Sqlite;
using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
// rows until the deadline: a query of three seconds on any machine
connection.CreateFunction("past", (long deadline) => Environment.TickCount64 > deadline);
async Task Try(string how, Func<SqliteCommand, Task<object?>> run)
{
    using var command = connection.CreateCommand();
    command.CommandText = "with recursive r(n) as (select 1 union all select n + 1 from r where not past($deadline)) select count(*) from r";
    command.Parameters.AddWithValue("$deadline", Environment.TickCount64 + 3000);
    try { await run(command); Console.WriteLine($"{how}: ran to its end"); }
    catch (Exception e) { Console.WriteLine($"{how}: {e.Message}"); }
}
await Try("token after 0.5 s", c => c.ExecuteScalarAsync(new CancellationTokenSource(500).Token));
await Try("Cancel() after 0.5 s", async c => { var run = Task.Run(c.ExecuteScalar); await Task.Delay(500); c.Cancel(); return await run; });
await Try("CommandTimeout of 1 s", c => { c.CommandTimeout = 1; return c.ExecuteScalarAsync(); });
await Try("sqlite3_interrupt after 0.5 s", async c =>
{
    var run = Task.Run(c.ExecuteScalar);
    await Task.Delay(500);
    SQLitePCL.raw.sqlite3_interrupt(connection.Handle);
    return await run;
});
E
cat > expected <<'E'
token after 0.5 s: ran to its end
Cancel() after 0.5 s: ran to its end
CommandTimeout of 1 s: ran to its end
sqlite3_interrupt after 0.5 s: SQLite Error 9: 'interrupted'.
E
dotnet run ask.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Microsoft.Data.Sqlite answers otherwise than noted"; exit 1; }
