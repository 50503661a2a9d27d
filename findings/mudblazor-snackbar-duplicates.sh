#!/usr/bin/env bash
# Software: MudBlazor 9.12.0 (NuGet), ISnackbar with its defaults, rendered by bunit 2.15.2.
# Expected: each message that is added is shown; one with another severity or an action of its own is another message.
# Happens:  a message whose text is on the screen is left out, whatever its severity and its action are: Add returns null. Only a key of its own tells two apart.
# Matters:  "Stop requested" for one node hides the same words for the next, with the button that would undo that one; and "Saved" in red never shows over "Saved" in green.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > snackbar.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:package MudBlazor@9.12.0
#:property PublishAot=false
#:property OutputType=Exe
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
await using var context = new BunitContext();
context.JSInterop.Mode = JSRuntimeMode.Loose;
context.Services.AddMudServices();
var provider = context.Render<MudSnackbarProvider>();
var snackbar = context.Services.GetRequiredService<ISnackbar>();
await provider.InvokeAsync(() =>
{
    Console.WriteLine($"first: {Shown(snackbar.Add("Stop requested", Severity.Success, o => o.Action = "Undo"))}");
    Console.WriteLine($"same text, action of its own: {Shown(snackbar.Add("Stop requested", Severity.Success, o => { o.Action = "Undo"; o.OnClick = _ => Task.CompletedTask; }))}");
    Console.WriteLine($"same text as an error: {Shown(snackbar.Add("Stop requested", Severity.Error))}");
    Console.WriteLine($"same text with a key: {Shown(snackbar.Add("Stop requested", Severity.Error, key: "edge-2"))}");
});
Console.WriteLine($"on the screen: {provider.FindAll(".mud-snackbar").Count}");
static string Shown(Snackbar? added) => added is null ? "left out" : "shown";
E
cat > expected <<'E'
first: shown
same text, action of its own: left out
same text as an error: left out
same text with a key: shown
on the screen: 2
E
dotnet run snackbar.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library shows messages otherwise than noted"; exit 1; }
