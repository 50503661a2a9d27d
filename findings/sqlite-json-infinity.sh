#!/usr/bin/env bash
# Software: Microsoft.Data.Sqlite 10.0.15 (NuGet, SQLite 3.53.3) and System.Text.Json of .NET 10.0 (seen on 10.0.12).
# Expected: JSON has no infinity, so SQLite writes one as null or an error, and .NET refuses a number that is past a double, as it refuses NaN.
# Happens:  SQLite writes 9.0e+999, a valid number. .NET reads it, and any number past 1.8e308, as Infinity without a word, and then refuses to write what it has read;
#           a decimal that is too small becomes 0, one too large is refused. A NaN is null in SQLite.
# Matters:  a rate per second over no time, aggregated in SQL, is read by the dashboard and fails a while later, in whatever sends it on; the row that did it is not named.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > infinity.cs <<'E'
#:package Microsoft.Data.Sqlite@10.0.15
#:property PublishAot=false
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
using var command = connection.CreateCommand();
command.CommandText = "select json_object('rate', $rate)";
var rate = command.Parameters.AddWithValue("$rate", double.PositiveInfinity);
var written = (string)command.ExecuteScalar()!;
Console.WriteLine($"SQLite writes {written}, valid JSON: {Valid(written)}");
var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
Read<double>("9.0e+999");
Read<double>("1e309");
Read<decimal>("1e-40");
Read<decimal>("1e40");

static bool Valid(string json)
{
    using var document = JsonDocument.Parse(json);
    return document.RootElement.GetProperty("rate").ValueKind == JsonValueKind.Number;
}
void Read<T>(string json)
{
    string again;
    try
    {
        var value = JsonSerializer.Deserialize<T>(json, options);
        again = $"{value}";
        try { again += $", written {JsonSerializer.Serialize(value, options)}"; }
        catch (ArgumentException e) { again += $", writing {e.GetType().Name}"; }
    }
    catch (JsonException e) { again = e.GetType().Name; }
    Console.WriteLine($"{json} as {typeof(T).Name}: {again}");
}
E
cat > expected <<'E'
SQLite writes {"rate":9.0e+999}, valid JSON: True
9.0e+999 as Double: Infinity, writing ArgumentException
1e309 as Double: Infinity, writing ArgumentException
1e-40 as Decimal: 0.0000000000000000000000000000, written 0.0000000000000000000000000000
1e40 as Decimal: JsonException
E
dotnet run infinity.cs > seen
cat seen
diff expected seen || { echo "CHANGED: SQLite or .NET does otherwise than noted"; exit 1; }
