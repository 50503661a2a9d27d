#!/usr/bin/env bash
# Software: MudBlazor 9.12.0 (NuGet), filters of MudDataGrid with their defaults, rendered by bunit 2.15.2.
# Expected: a search in a table ignores case; "is 29 November", picked as a day, finds the whole day; what does not contain "disk" includes what has no message.
# Happens:  "contains edge" does not find Edge-1. A day is compared as its midnight, so 05:00 of that day is not "is" but "is after", and not "on or before".
#           Rows without a text are in neither "contains" nor "not contains", nor in "not equals", as with NULL in SQL; rows without a date are in "is not".
# Matters:  "failures on the 29th" lists none, and "not contains timeout" hides the executions that failed without a message.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > grid.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:package MudBlazor@9.12.0
#:property PublishAot=false
#:property OutputType=Exe
using System.Linq.Expressions;
using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using MudBlazor.Services;
await using var context = new BunitContext();
context.JSInterop.Mode = JSRuntimeMode.Loose;
context.Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
var day = new DateTime(2026, 11, 29);
Failure[] failures = [new("Edge-1", null, null), new("edge-2", day.AddHours(5), "disk full"), new("edge-3", day, "timeout"), new("edge-4", day.AddDays(1), "timeout")];
RenderFragment columns = builder =>
{
    Column(f => f.Node);
    Column(f => f.At);
    Column(f => f.Message);

    void Column<T>(Expression<Func<Failure, T>> property)
    {
        builder.OpenComponent<PropertyColumn<Failure, T>>(0);
        builder.AddAttribute(1, "Property", property);
        builder.CloseComponent();
    }
};
var grid = context.Render<MudDataGrid<Failure>>(p => p.Add(g => g.Items, failures).Add(g => g.Filterable, true).Add(g => g.Columns, columns));
await Show(0, "contains", "edge");
await Show(2, "contains", "disk");
await Show(2, "not contains", "disk");
await Show(2, "not equals", "timeout");
foreach (var filter in new[] { "is", "is after", "is on or before", "is not" }) await Show(1, filter, (DateTime?)day);

async Task Show(int column, string filter, object value)
{
    await grid.InvokeAsync(async () =>
    {
        await grid.Instance.ClearFiltersAsync();
        await grid.Instance.AddFilterAsync(new FilterDefinition<Failure> { Column = grid.Instance.RenderedColumns[column], Operator = filter, Value = value });
    });
    Console.WriteLine($"{grid.Instance.RenderedColumns[column].PropertyName} {filter} {(value is DateTime d ? $"{d:yyyy-MM-dd}" : value)}: {string.Join(' ', grid.Instance.FilteredItems.Select(f => f.Node))}".TrimEnd());
}

record Failure(string Node, DateTime? At, string? Message);
E
cat > expected <<'E'
Node contains edge: edge-2 edge-3 edge-4
Message contains disk: edge-2
Message not contains disk: edge-3 edge-4
Message not equals timeout: edge-2
At is 2026-11-29: edge-3
At is after 2026-11-29: edge-2 edge-4
At is on or before 2026-11-29: edge-3
At is not 2026-11-29: Edge-1 edge-2 edge-4
E
dotnet run grid.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the filters find otherwise than noted"; exit 1; }
