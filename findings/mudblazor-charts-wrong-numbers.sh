#!/usr/bin/env bash
# Software: MudBlazor 9.12.0 (NuGet), MudChart with its defaults, rendered by bunit 2.15.2.
# Expected: a chart shows the values that it gets: a cell of a heat map its number, an axis that holds its values, a gap for NaN.
# Happens:  a heat map writes the first five characters of a number: 123456 and 1234567 are both "12345". A line or bar from 0 to 100 GB in bytes gets an axis without a
#           number and is drawn far outside of the picture, while one to 40 GB is right. A NaN is written into the path of a line, where browsers stop drawing.
# Matters:  a map of events per node and hour is wrong by powers of ten without a sign of it; a chart of free disk space is empty on the large nodes alone, and a line ends
#           at the first unknown value, as if the node had gone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > charts.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:package MudBlazor@9.12.0
#:property PublishAot=false
#:property OutputType=Exe
using Bunit;
using MudBlazor;
using MudBlazor.Services;
await using var context = new BunitContext();
context.JSInterop.Mode = JSRuntimeMode.Loose;
context.Services.AddMudServices();
var cells = Draw(ChartType.HeatMap, 42, 12345, 123456, 1234567, -12345).FindAll("text").Select(t => t.TextContent.Trim());
Console.WriteLine($"heat map: {string.Join(' ', cells.Where(t => t.Any(char.IsDigit)))}");
foreach (var type in new[] { ChartType.Line, ChartType.Bar })
    foreach (var bytes in new[] { 40e9, 100e9 })
    {
        var chart = Draw(type, 0, bytes);
        var end = chart.FindAll("path").Last().GetAttribute("d")!.Split(' ').Last();
        var inside = double.Parse(end, System.Globalization.CultureInfo.InvariantCulture) is >= 0 and <= 350;
        Console.WriteLine($"{type} from 0 to {bytes / 1e9} GB: {chart.FindAll("text").Count(t => t.TextContent.Any(char.IsDigit))} numbers at the axis, its end is {(inside ? "inside" : "outside")}");
    }
Console.WriteLine($"line with a gap: {Draw(ChartType.Line, 10, double.NaN, 20, 30).FindAll("path").Last().GetAttribute("d")}");

IRenderedComponent<MudChart<double>> Draw(ChartType type, params double[] values) => context.Render<MudChart<double>>(chart => chart
    .Add(c => c.ChartType, type)
    .Add(c => c.ChartLabels, values.Select((_, i) => $"{(char)('a' + i)}").ToArray())
    .Add(c => c.ChartSeries, [new() { Name = "s", Data = values }]));
E
cat > expected <<'E'
heat map: 42.00 12345 12345 12345 -1234
Line from 0 to 40 GB: 16 numbers at the axis, its end is inside
Line from 0 to 100 GB: 0 numbers at the axis, its end is outside
Bar from 0 to 40 GB: 16 numbers at the axis, its end is inside
Bar from 0 to 100 GB: 0 numbers at the axis, its end is outside
line with a gap: M 30 246.25 L 243.3333 NaN L 456.6667 172.5 L 670 98.75
E
dotnet run charts.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the charts show otherwise than noted"; exit 1; }
