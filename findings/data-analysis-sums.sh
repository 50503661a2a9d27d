#!/usr/bin/env bash
# Software: Microsoft.Data.Analysis 0.23.1 (NuGet).
# Expected: the mean of a column is a number between its smallest and its largest value; a value that is not there is neither below nor above a limit;
#           a CSV file is read with the precision it is written in.
# Happens:  sum and mean are computed in the type of the column: the mean of two times 2,000,000,000 is -147,483,648, that of the bytes 200 and 100 is 22.
#           A missing value is compared as if it were 0. Fractions of a CSV file are read as Single, whole numbers in such a column lose their last digits,
#           and times in UTC become those of the server's clock.
# Matters:  the mean memory of a fleet is negative; "nodes below 15 % cpu" are mostly those that sent nothing.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Europe/Berlin

cat > fleet.cs <<'E'
#:package Microsoft.Data.Analysis@0.23.1
#:property PublishAot=false
using System.Globalization;
using Microsoft.Data.Analysis;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var memory = new Int32DataFrameColumn("memory", [2_000_000_000, 2_000_000_000]);
Console.WriteLine($"int 2000000000 and 2000000000: sum {memory.Sum()}, mean {memory.Mean()}");
var load = new ByteDataFrameColumn("load", [200, 100]);
Console.WriteLine($"byte 200 and 100: sum {load.Sum()}, mean {load.Mean()}");
var cpu = new DoubleDataFrameColumn("cpu", new double?[] { 10, null, 90 });
Console.WriteLine($"10, nothing and 90: below 15: {string.Join(' ', cpu.ElementwiseLessThan(15d))}, below -1: {string.Join(' ', cpu.ElementwiseLessThan(-1d))}");
var frame = DataFrame.LoadCsvFromString("bytes,at\n16777217,2026-11-29T05:00:00Z\n0.5,2026-11-29T05:00:00Z\n");
var at = (DateTime)frame.Columns["at"][0];
Console.WriteLine($"bytes of a file with 16777217 and 0.5: {frame.Columns["bytes"].DataType.Name} {(float)frame.Columns["bytes"][0]:F0}");
Console.WriteLine($"2026-11-29T05:00:00Z: {at:yyyy-MM-ddTHH:mm:ss}, {at.Kind}");
E
cat > expected <<'E'
int 2000000000 and 2000000000: sum -294967296, mean -147483648
byte 200 and 100: sum 44, mean 22
10, nothing and 90: below 15: True True False, below -1: False False False
bytes of a file with 16777217 and 0.5: Single 16777216
2026-11-29T05:00:00Z: 2026-11-29T06:00:00, Local
E
dotnet run fleet.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Microsoft.Data.Analysis computes otherwise than noted"; exit 1; }
