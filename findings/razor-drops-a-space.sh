#!/usr/bin/env bash
# Software: Razor compiler of the .NET SDK 10.0 for Blazor components (seen on 10.0.401).
# Expected: <text> is there to say that what it holds is output; a space that is its whole content is written.
# Happens:  in a loop and in an "if" such a space is dropped, and two words stand together. @(" ") and &#32; are written, and so is the space beside a letter. The space
#           between two elements on one line of a loop's body stays, the one at its begin and end goes.
# Matters:  "edge-1edge-2" in a list of names that wraps nowhere, is read as one word by a screen reader, and copied as one.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > names.csproj <<'E'
<Project Sdk="Microsoft.NET.Sdk.Razor">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup>
  <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
</Project>
E
cat > Names.razor <<'E'
<p>text: @foreach (var name in names) { <b>@name</b><text> </text> }</p>
<p>if: <b>edge-1</b>@if (names.Length > 1) { <text> </text> }<b>edge-2</b></p>
<p>expression: @foreach (var name in names) { <b>@name</b>@(" ") }</p>
<p>entity: @foreach (var name in names) { <b>@name</b><text>&#32;</text> }</p>
<p>comma: @foreach (var name in names) { <b>@name</b><text>, </text> }</p>
<p>elements: @foreach (var name in names) { <b>@name</b> <i>up</i> }</p>
@code { readonly string[] names = ["edge-1", "edge-2"]; }
E
cat > Program.cs <<'E'
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
Console.WriteLine(await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<names.Names>()).ToHtmlString()));
E
cat > expected <<'E'
<p>text: <b>edge-1</b><b>edge-2</b></p>
<p>if: <b>edge-1</b><b>edge-2</b></p>
<p>expression: <b>edge-1</b> <b>edge-2</b> </p>
<p>entity: <b>edge-1</b> <b>edge-2</b> </p>
<p>comma: <b>edge-1</b>, <b>edge-2</b>, </p>
<p>elements: <b>edge-1</b> <i>up</i><b>edge-2</b> <i>up</i></p>
E
dotnet run > seen
cat seen
diff expected seen || { echo "CHANGED: the compiler writes otherwise than noted"; exit 1; }
