#!/usr/bin/env bash
# Software: Handlebars.Net 2.4.3 (NuGet), handlebars 4.7.10 (npm).
# Expected: one template gives one text in both, whatever the culture of the server.
# Happens:  1.5 is "1,5" on a German server, unless a culture is set. A list has no length: {{nodes.length}} is empty, with an array of .NET it is 2. A map without members is false in
#           .NET and true in npm, the section {{#count}} is shown for 0 in npm and not in .NET, a truth value is False and false. The helper "log" is unknown.
# Matters:  the texts of notifications are previewed in the browser and sent by the server: "free: 1,5 GB" breaks the regex of the receiver, and "0 failed" is there in the preview
#           alone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > templates.json <<'E'
["{{load}}", "{{nodes.length}} nodes", "{{#if labels}}labelled{{else}}no labels{{/if}}", "{{#failed}}{{../failed}} failed{{/failed}}{{^failed}}none failed{{/failed}}", "{{#if failed}}failed{{else}}fine{{/if}}", "{{online}}", "{{#each nodes}}{{@index}} {{this}}{{#unless @last}}, {{/unless}}{{/each}}", "{{log \"sent\"}}"]
E
cat > render.mjs <<'E'
import { readFileSync } from 'node:fs';
import handlebars from 'handlebars';
console.info = () => {};
for (const template of JSON.parse(readFileSync('templates.json', 'utf8'))) {
  let text;
  try { text = handlebars.compile(template)({ load: 1.5, nodes: ['edge-1', 'edge-2'], labels: {}, failed: 0, online: false }); } catch (error) { text = error.constructor.name; }
  console.log(`npm ${template} = "${text}"`);
}
E
cat > render.cs <<'E'
#:package Handlebars.Net@2.4.3
#:property PublishAot=false
using System.Globalization;
using System.Text.Json;
using HandlebarsDotNet;
CultureInfo.CurrentCulture = new CultureInfo("de-DE");
foreach (var template in JsonSerializer.Deserialize<string[]>(File.ReadAllText("templates.json"))!)
{
    string text;
    var data = new { load = 1.5, nodes = new List<string> { "edge-1", "edge-2" }, labels = new Dictionary<string, string>(), failed = 0, online = false };
    try { text = Handlebars.Compile(template)(data); } catch (Exception error) { text = error.GetType().Name; }
    Console.WriteLine($".NET {template} = \"{text}\"");
}
Console.WriteLine($".NET, an array: \"{Handlebars.Compile("{{nodes.length}} nodes")(new { nodes = new[] { "edge-1", "edge-2" } })}\"");
E
cat > expected <<'E'
npm {{load}} = "1.5"
npm {{nodes.length}} nodes = "2 nodes"
npm {{#if labels}}labelled{{else}}no labels{{/if}} = "labelled"
npm {{#failed}}{{../failed}} failed{{/failed}}{{^failed}}none failed{{/failed}} = "0 failed"
npm {{#if failed}}failed{{else}}fine{{/if}} = "fine"
npm {{online}} = "false"
npm {{#each nodes}}{{@index}} {{this}}{{#unless @last}}, {{/unless}}{{/each}} = "0 edge-1, 1 edge-2"
npm {{log "sent"}} = ""
.NET {{load}} = "1,5"
.NET {{nodes.length}} nodes = " nodes"
.NET {{#if labels}}labelled{{else}}no labels{{/if}} = "no labels"
.NET {{#failed}}{{../failed}} failed{{/failed}}{{^failed}}none failed{{/failed}} = "none failed"
.NET {{#if failed}}failed{{else}}fine{{/if}} = "fine"
.NET {{online}} = "False"
.NET {{#each nodes}}{{@index}} {{this}}{{#unless @last}}, {{/unless}}{{/each}} = "0 edge-1, 1 edge-2"
.NET {{log "sent"}} = "HandlebarsRuntimeException"
.NET, an array: "2 nodes"
E
npm install --silent --no-audit --no-fund handlebars@4.7.10 >/dev/null
{ node render.mjs; dotnet run render.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: templates are rendered otherwise than noted"; exit 1; }
