#!/usr/bin/env bash
# Software: CsvHelper 33.1.0 (NuGet), InjectionOptions.
# Expected: the options against formulas in spreadsheets concern texts; fields that are numbers in .NET are written as they are.
# Happens:  Strip takes the minus from every negative number: -5 is written as 5, and -0.5 as 0.5. Escape writes '-5, which is read as text.
#           Exception refuses a file with a negative number at all.
# Matters:  an export of changes and differences (nodes lost, drift of a clock) comes out with the opposite sign and no warning.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > write.cs <<'E'
#:package CsvHelper@33.1.0
#:property PublishAot=false
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
foreach (var option in Enum.GetValues<InjectionOptions>())
{
    using var text = new StringWriter();
    using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = option, HasHeaderRecord = false });
    try { csv.WriteRecords(new[] { new { Site = "berlin", NodesChange = -5, SkewSeconds = -0.5 } }); csv.Flush(); }
    catch (WriterException e) { text.Write(e.Message.Split('\n')[0]); }
    Console.WriteLine($"{option}: {text.ToString().Trim()}");
}
E
cat > expected <<'E'
None: berlin,-5,-0.5
Escape: berlin,"'-5","'-0.5"
Strip: berlin,5,0.5
Exception: Injection character '-' detected
E
dotnet run write.cs > seen
cat seen
diff expected seen || { echo "CHANGED: CsvHelper writes otherwise than noted"; exit 1; }
