#!/usr/bin/env bash
# Software: MudBlazor 9.12.0 (NuGet), rendered by bunit 2.15.2, culture en-US.
# Expected: a field that cannot read what was typed says so and leaves the value as it was; a date picker takes no typed date that its calendar does not offer.
# Happens:  the field says so and sets the value to the default of its type: 0 failures, a wait of 00:00:00, the year 1. A number past Max becomes Max without a word.
#           "1,5" is 15, as the comma counts as a group separator. A typed date past MaxDate is taken. A share of 0 of 0 (NaN) is drawn as a full bar.
# Matters:  a slip in "stop after 5 failures" is a limit of 0 for whoever binds the value and does not look at the error; "nothing to do yet" looks like "all done".
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > fields.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:package MudBlazor@9.12.0
#:property PublishAot=false
#:property OutputType=Exe
using System.Globalization;
using Bunit;
using MudBlazor;
using MudBlazor.Services;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
await using var context = new BunitContext();
context.JSInterop.Mode = JSRuntimeMode.Loose;
context.Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
foreach (var typed in new[] { "12.7", "5x", "150", "1,5" })
{
    var failures = 5;
    var field = context.Render<MudNumericField<int>>(p => p.Add(f => f.Value, failures).Add(f => f.Max, 100).Add(f => f.ValueChanged, (int v) => failures = v));
    field.Find("input").Change(typed);
    Console.WriteLine($"whole number up to 100, was 5, typed {typed}: {failures} {field.Instance.ConversionErrorMessage}".TrimEnd());
}
var wait = TimeSpan.FromMinutes(5);
context.Render<MudTextField<TimeSpan>>(p => p.Add(f => f.Value, wait).Add(f => f.ValueChanged, (TimeSpan v) => wait = v)).Find("input").Change("10m");
Console.WriteLine($"wait, was 00:05:00, typed 10m: {wait}");
var since = new DateTime(2026, 11, 29);
context.Render<MudTextField<DateTime>>(p => p.Add(f => f.Value, since).Add(f => f.ValueChanged, (DateTime v) => since = v)).Find("input").Change("2026-11-28T05:00:00Z");
Console.WriteLine($"time, was 2026-11-29, typed 2026-11-28T05:00:00Z: {since:yyyy-MM-dd}");
DateTime? until = null;
var picker = context.Render<MudDatePicker>(p => p.Add(d => d.Editable, true).Add(d => d.MaxDate, new DateTime(2026, 11, 29)).Add(d => d.DateChanged, (DateTime? v) => until = v));
picker.Find("input").Change("12/25/2026");
Console.WriteLine($"date up to 2026-11-29, typed 12/25/2026: {until:yyyy-MM-dd}{(picker.FindAll(".mud-input-error").Count == 0 ? ", no error" : "")}");
foreach (var share in new[] { 0d, 100, 0 / 0d })
    Console.WriteLine($"bar of {share}: {context.Render<MudProgressLinear>(p => p.Add(b => b.Value, share)).FindAll(".mud-progress-linear-bar")[^1].GetAttribute("style")}");
E
cat > expected <<'E'
whole number up to 100, was 5, typed 12.7: 0 Not a valid number
whole number up to 100, was 5, typed 5x: 0 Not a valid number
whole number up to 100, was 5, typed 150: 100
whole number up to 100, was 5, typed 1,5: 15
wait, was 00:05:00, typed 10m: 00:00:00
time, was 2026-11-29, typed 2026-11-28T05:00:00Z: 0001-01-01
date up to 2026-11-29, typed 12/25/2026: 2026-12-25, no error
bar of 0: transform: translateX(-100%);
bar of 100: transform: translateX(-0%);
bar of NaN: transform: translateX(-0%);
E
dotnet run fields.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the fields do otherwise than noted"; exit 1; }
