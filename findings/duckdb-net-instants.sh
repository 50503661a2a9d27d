#!/usr/bin/env bash
# Software: DuckDB.NET.Data.Full 1.5.6.1 (NuGet), run in the zone of New York.
# Expected: an instant that is written is read as the same instant, whichever of .NET's two types holds it.
# Happens:  a local DateTime is stored in a TIMESTAMPTZ as if it were UTC, so it is off by the zone of the server; a DateTimeOffset in a TIMESTAMP becomes the clock of the session's
#           zone, a UTC DateTime in it does not. A TIMESTAMPTZ is read as a DateTime in UTC that does not say so: in JSON it has no Z. And sum() of integers is a BigInteger,
#           which Convert.ToInt64 refuses.
# Matters:  a browser shows each time of the analysis off by its own zone, and a filter by DateTime.Now finds rows of five hours ago; on a server in UTC half of it is right.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > times.cs <<'E'
#:package DuckDB.NET.Data.Full@1.5.6.1
#:property PublishAot=false
using System.Text.Json;
using DuckDB.NET.Data;
using var connection = new DuckDBConnection("DataSource=:memory:");
connection.Open();
Run("create table seen (instant timestamptz, clock timestamp)");
var instant = new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.Zero);
foreach (var (name, value) in new (string, object)[] { ("DateTimeOffset", instant), ("UTC DateTime", instant.UtcDateTime), ("local DateTime", instant.LocalDateTime) })
{
    Run("delete from seen");
    Run("insert into seen values ($1, $2)", value, value);
    var hours = ((double)Run("select epoch(instant) from seen")! - instant.ToUnixTimeSeconds()) / 3600;
    Console.WriteLine($"{name}: TIMESTAMPTZ off by {hours} hours, TIMESTAMP {Run("select clock::varchar from seen")}, read {JsonSerializer.Serialize(Run("select instant from seen"))}");
}
var sum = Run("select sum(n) from (values (1), (2)) t(n)")!;
string whole;
try { whole = $"{Convert.ToInt64(sum)}"; }
catch (InvalidCastException e) { whole = e.GetType().Name; }
Console.WriteLine($"sum of 1 and 2: {sum.GetType().Name}, as Int64 {whole}");

object? Run(string sql, params object[] values)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    foreach (var value in values) command.Parameters.Add(new DuckDBParameter(value));
    return command.ExecuteScalar();
}
E
cat > expected <<'E'
DateTimeOffset: TIMESTAMPTZ off by 0 hours, TIMESTAMP 2026-01-01 05:00:00, read "2026-01-01T10:00:00"
UTC DateTime: TIMESTAMPTZ off by 0 hours, TIMESTAMP 2026-01-01 10:00:00, read "2026-01-01T10:00:00"
local DateTime: TIMESTAMPTZ off by -5 hours, TIMESTAMP 2026-01-01 05:00:00, read "2026-01-01T05:00:00"
sum of 1 and 2: BigInteger, as Int64 InvalidCastException
E
TZ=America/New_York dotnet run times.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the provider stores or reads otherwise than noted"; exit 1; }
