#!/usr/bin/env bash
# Software: CsvHelper 33.1.0 (NuGet), CsvConfiguration.NewLine.
# Expected: setting an option to the value that it has by default changes nothing; a field with a line break is quoted whatever ends the rows.
# Happens:  once NewLine has been set, even to what it was, only that very text asks for quotes: with "\r\n" a field with a lone LF or CR is written bare,
#           with "\n" one with a lone CR. The reader of the same library, and any other, sees two rows.
# Matters:  "RFC 4180 wants CRLF" is a common reason to set it; messages of failed executions come from Linux and hold LF alone, so just those rows break.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > csv.cs <<'E'
#:package CsvHelper@33.1.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
var untouched = new CsvConfiguration(CultureInfo.InvariantCulture);
foreach (var (name, settings) in new[]
{
    ("not set", untouched), ("set to its default", new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = untouched.NewLine }),
    (@"set to \n", new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }),
})
{
    foreach (var message in new[] { "exit 1\nno disk", "exit 1\rno disk", "exit 1\r\nno disk" })
    {
        using var text = new StringWriter();
        using (var writer = new CsvWriter(text, settings, leaveOpen: true))
        {
            writer.WriteField("edge-1");
            writer.WriteField(message);
            writer.NextRecord();
        }
        using var parser = new CsvParser(new StringReader(text.ToString()), CultureInfo.InvariantCulture);
        var rows = 0;
        while (parser.Read()) rows++;
        Console.WriteLine($"NewLine {name}: {text.ToString().Replace("\r", @"\r").Replace("\n", @"\n")} is {rows} row{(rows == 1 ? "" : "s")}");
    }
}
E
cat > expected <<'E'
NewLine not set: edge-1,"exit 1\nno disk"\r\n is 1 row
NewLine not set: edge-1,"exit 1\rno disk"\r\n is 1 row
NewLine not set: edge-1,"exit 1\r\nno disk"\r\n is 1 row
NewLine set to its default: edge-1,exit 1\nno disk\r\n is 2 rows
NewLine set to its default: edge-1,exit 1\rno disk\r\n is 2 rows
NewLine set to its default: edge-1,"exit 1\r\nno disk"\r\n is 1 row
NewLine set to \n: edge-1,"exit 1\nno disk"\n is 1 row
NewLine set to \n: edge-1,exit 1\rno disk\n is 2 rows
NewLine set to \n: edge-1,"exit 1\r\nno disk"\n is 1 row
E
dotnet run csv.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library quotes otherwise than noted"; exit 1; }
