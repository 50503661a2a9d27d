#!/usr/bin/env bash
# Software: Microsoft.AspNetCore.OpenApi 10.0.10 (NuGet), openapi-typescript 7.13.0 (npm).
# Expected: an int of the server is an integer in its OpenAPI document, and a number in the client that is generated from it.
# Happens:  each int, long, double and decimal is described as "a number or a text", in answers, too, because ASP.NET Core also reads numbers from texts. The
#           generated type is number | string. With NumberHandling.Strict the numbers are numbers.
# Matters:  a sum or a comparison in the client does not compile, or joins texts; casts are written for texts that the server never sends.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > serve.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.AspNetCore.OpenApi@10.0.10
#:property PublishAot=false
using System.Text.Json.Serialization;
foreach (var strict in new[] { false, true })
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.AddOpenApi();
    if (strict) builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
    await using var app = builder.Build();
    app.MapOpenApi();
    app.MapGet("/run", () => new Run(1, 0.5, 1024, TimeSpan.FromSeconds(5)));
    await app.StartAsync();
    using var http = new HttpClient();
    await File.WriteAllTextAsync(strict ? "strict.json" : "default.json", await http.GetStringAsync($"{app.Urls.First()}/openapi/v1.json"));
}

record Run(int Attempt, double Load, long Bytes, TimeSpan Age);
E
cat > expected <<'E'
default
  attempt in the document: ["integer","string"]
  load in the document: ["number","string"]
  bytes in the document: ["integer","string"]
  age in the document: "string"
  attempt: number | string; in TypeScript
  load: number | string; in TypeScript
  bytes: number | string; in TypeScript
  age: string; in TypeScript
strict
  attempt in the document: "integer"
  load in the document: "number"
  bytes in the document: "integer"
  age in the document: "string"
  attempt: number; in TypeScript
  load: number; in TypeScript
  bytes: number; in TypeScript
  age: string; in TypeScript
E
npm install --silent --no-audit --no-fund openapi-typescript@7.13.0 >/dev/null
dotnet run serve.cs
for kind in default strict; do
    echo "$kind"
    node -e 'for (const [name, schema] of Object.entries(require("./'$kind'.json").components.schemas.Run.properties)) console.log(`  ${name} in the document: ${JSON.stringify(schema.type)}`)'
    npx openapi-typescript $kind.json 2>/dev/null | sed -n '/^ *Run: {/,/};/p' | grep -E '^ *[a-z]+\??:' | sed 's/^ */  /; s/$/ in TypeScript/'
done > seen
cat seen
diff expected seen || { echo "CHANGED: the document or the types are otherwise than noted"; exit 1; }
