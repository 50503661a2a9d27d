#!/usr/bin/env bash
# Software: sqlite-net-pcl 1.11.285, Microsoft.Data.Sqlite 10.0.15 (NuGet).
# Expected: what is written to a table is read back equal; two libraries of .NET find each other's rows in one file.
# Happens:  NaN is stored as null and read back as 0. A UTC time comes back without its kind; the same instant as a local time is another number of ticks, hours away. A
#           DateTimeOffset keeps its instant and loses its offset. Name != "edge-1" leaves out rows without a name. sqlite-net writes ids in small letters,
#           Microsoft.Data.Sqlite in capital ones, which are not equal; it writes times as ticks, which the other cannot read, and finds before every time it asks for.
# Matters:  an agent that keeps its readings in sqlite-net reports 0 degrees for a broken sensor; a dashboard that opens the same file finds none of the executions by
#           their id.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Asia/Kolkata
cat > keep.cs <<'E'
#:package sqlite-net-pcl@1.11.285
#:package SourceGear.sqlite3@3.53.4
#:package Microsoft.Data.Sqlite@10.0.15
#:property NoWarn=NU1603
#:property PublishAot=false
#:property InvariantGlobalization=true
using SQLite;
using Microsoft.Data.Sqlite;
var id = Guid.Parse("0193739f-8e3c-7e5c-8b1d-0000000000ab");
var at = new DateTime(2026, 7, 1, 10, 0, 0, DateTimeKind.Utc);
using (var file = new SQLiteConnection("kept.db"))
{
    file.CreateTable<Reading>();
    file.Insert(new Reading { Id = id, Utc = at, Local = at.ToLocalTime(), Offset = new DateTimeOffset(at).ToOffset(TimeSpan.FromHours(2)), Celsius = double.NaN });
    var read = file.Table<Reading>().First();
    Console.WriteLine($"UTC {at:o}: {read.Utc:o}, kind {read.Utc.Kind}");
    Console.WriteLine($"local time of the same instant: {read.Local:o}, kind {read.Local.Kind}, equal instants: {read.Local == read.Utc}");
    Console.WriteLine($"offset of two hours: {read.Offset:o}");
    Console.WriteLine($"NaN: {read.Celsius}");
    Console.WriteLine($"rows with Name != edge-1: {file.Table<Reading>().Count(reading => reading.Name != "edge-1")} of 1, which has no name");
}
using var other = new SqliteConnection("Data Source=kept.db");
other.Open();
object? Ask(string text, object? value = null)
{
    using var command = other.CreateCommand();
    command.CommandText = text;
    if (value != null) command.Parameters.AddWithValue("$value", value);
    return command.ExecuteScalar();
}
Console.WriteLine($"Microsoft.Data.Sqlite: rows with the id {Ask("SELECT COUNT(*) FROM Reading WHERE Id = $value", id)}, rows before 2030 {Ask("SELECT COUNT(*) FROM Reading WHERE Utc < $value", new DateTime(2030, 1, 1))}, "
    + $"before 2000 {Ask("SELECT COUNT(*) FROM Reading WHERE Utc < $value", new DateTime(2000, 1, 1))}");
Console.WriteLine($"the file has {Ask("SELECT Id || ', ' || typeof(Utc) || ' ' || Utc || ', NaN as ' || typeof(Celsius) FROM Reading")}");
using var all = other.CreateCommand();
all.CommandText = "SELECT Utc FROM Reading";
using var reader = all.ExecuteReader();
reader.Read();
try { Console.WriteLine($"GetDateTime: {reader.GetDateTime(0):o}"); }
catch (Exception e) { Console.WriteLine($"GetDateTime: {e.GetType().Name}"); }

public class Reading
{
    [PrimaryKey] public Guid Id { get; set; }
    public string? Name { get; set; }
    public DateTime Utc { get; set; }
    public DateTime Local { get; set; }
    public DateTimeOffset Offset { get; set; }
    public double Celsius { get; set; }
}
E
cat > expected <<'E'
UTC 2026-07-01T10:00:00.0000000Z: 2026-07-01T10:00:00.0000000, kind Unspecified
local time of the same instant: 2026-07-01T15:30:00.0000000, kind Unspecified, equal instants: False
offset of two hours: 2026-07-01T10:00:00.0000000+00:00
NaN: 0
rows with Name != edge-1: 0 of 1, which has no name
Microsoft.Data.Sqlite: rows with the id 0, rows before 2030 1, before 2000 1
the file has 0193739f-8e3c-7e5c-8b1d-0000000000ab, integer 639184968000000000, NaN as null
GetDateTime: ArgumentOutOfRangeException
E
dotnet run keep.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries keep values otherwise than noted"; exit 1; }
