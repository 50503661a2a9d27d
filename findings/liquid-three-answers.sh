#!/usr/bin/env bash
# Software: Fluid.Core 2.41.1 and DotLiquid 2.3.260 (NuGet), liquidjs 10.30.1 (npm), each with its defaults and numbers, texts and truth values as model.
# Expected: a Liquid template gives the same text in each engine: it has one reference implementation.
# Happens:  3 | divided_by: 2 is 1 in .NET and 1.5 in JavaScript, 2.5 | round is 2 and 3, -10 | modulo: 3 is -1 and 2. DotLiquid adds 1 to the text "10" as 101 and to
#           what is unset as nothing, finds 0 equal to false and "10" equal to 10, and writes False where the others write the default.
# Matters:  the preview of a message in the browser and the message that the server sends differ in their numbers, and in whether the line about failures is in it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > templates <<'E'
{{ three | divided_by: 2 }}
{{ 2.5 | round }}
{{ -10 | modulo: 3 }}
{{ text | plus: 1 }}
{{ unset | plus: 1 }}
{% if zero == false %}equal{% else %}unequal{% endif %}
{% if text == 10 %}equal{% else %}unequal{% endif %}
{% if text > three %}greater{% else %}not greater{% endif %}
{{ off | default: 'none' }}
E
cat > render.cs <<'E'
#:package Fluid.Core@2.41.1
#:package DotLiquid@2.3.260
#:property PublishAot=false
#:property InvariantGlobalization=true
using Fluid;
var model = new Dictionary<string, object> { ["three"] = 3, ["zero"] = 0, ["off"] = false, ["text"] = "10" };
foreach (var template in File.ReadLines("templates"))
{
    var context = new TemplateContext();
    foreach (var (name, value) in model) context.SetValue(name, value);
    Console.WriteLine($"{template}: Fluid \"{await new FluidParser().Parse(template).RenderAsync(context)}\", DotLiquid \"{DotLiquid.Template.Parse(template).Render(DotLiquid.Hash.FromDictionary(model))}\"");
}
E
cat > render.mjs <<'E'
import fs from 'fs';
import { Liquid } from 'liquidjs';
const model = { three: 3, zero: 0, off: false, text: '10' };
for (const template of fs.readFileSync('templates', 'utf8').trim().split('\n')) console.log(` liquidjs "${new Liquid().parseAndRenderSync(template, model)}"`);
E
cat > expected <<'E'
{{ three | divided_by: 2 }}: Fluid "1", DotLiquid "1", liquidjs "1.5"
{{ 2.5 | round }}: Fluid "2", DotLiquid "2", liquidjs "3"
{{ -10 | modulo: 3 }}: Fluid "-1", DotLiquid "-1", liquidjs "2"
{{ text | plus: 1 }}: Fluid "11", DotLiquid "101", liquidjs "11"
{{ unset | plus: 1 }}: Fluid "1", DotLiquid "", liquidjs "1"
{% if zero == false %}equal{% else %}unequal{% endif %}: Fluid "unequal", DotLiquid "equal", liquidjs "unequal"
{% if text == 10 %}equal{% else %}unequal{% endif %}: Fluid "unequal", DotLiquid "equal", liquidjs "unequal"
{% if text > three %}greater{% else %}not greater{% endif %}: Fluid "not greater", DotLiquid "not greater", liquidjs "greater"
{{ off | default: 'none' }}: Fluid "none", DotLiquid "False", liquidjs "none"
E
npm install --silent --no-audit --no-fund liquidjs@10.30.1 >/dev/null
paste -d, <(dotnet run render.cs) <(node render.mjs) > seen
cat seen
diff expected seen || { echo "CHANGED: the engines render otherwise than noted"; exit 1; }
