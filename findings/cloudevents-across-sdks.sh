#!/usr/bin/env bash
# Software: cloudevents 10.0.0 (npm), CloudNative.CloudEvents.SystemTextJson 2.9.0 (NuGet): the two official SDKs, over HTTP in binary mode.
# Expected: an event of one SDK is read by the other as what it was; attributes and data survive, and a text stays a text.
# Happens:  npm sends a text in JSON without its quotes: "12" is the number 12 for .NET, and "disk full" no JSON at all. It neither writes nor reads the percent-encoding
#           of attributes that the HTTP binding asks for: a subject from .NET arrives as line%201, and one with a % of its own is read as another.
#           Times lose their offset and everything below a millisecond on the way through npm alone.
# Matters:  a version "1.10" becomes 1.1, an id with leading zeros loses them, and events of one line are kept under two subjects.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > send.mjs <<'E'
import fs from 'fs';
import { CloudEvent, HTTP } from 'cloudevents';
const base = { id: '1', source: '/edge-1', type: 'reading', datacontenttype: 'application/json' };
for (const [name, data, subject] of [['text', '1.10', 'line 1'], ['words', 'disk full', 'line 1'], ['object', { a: '1.10' }, 'load%201']])
  fs.writeFileSync(name, JSON.stringify(HTTP.binary(new CloudEvent({ ...base, data, subject }))));
const timed = new CloudEvent({ ...base, time: '2026-11-29T10:00:00.123456+02:00' });
console.log(`npm, time: ${timed.time} -> ${HTTP.toEvent(HTTP.binary(timed)).time}`);
E
cat > exchange.cs <<'E'
#:package CloudNative.CloudEvents.SystemTextJson@2.9.0
#:property PublishAot=false
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;
foreach (var name in new[] { "text", "words", "object" })
{
    var sent = JsonDocument.Parse(File.ReadAllText(name)).RootElement;
    var request = new HttpRequestMessage { Content = new StringContent(sent.GetProperty("body").GetString()!, Encoding.UTF8, "application/json") };
    foreach (var header in sent.GetProperty("headers").EnumerateObject().Where(h => h.Name.StartsWith("ce-"))) request.Headers.Add(header.Name, header.Value.GetString());
    string read;
    try
    {
        var received = await request.ToCloudEventAsync(new JsonEventFormatter());
        read = $"{((JsonElement)received.Data!).ValueKind} {received.Data}, subject {received.Subject}";
    }
    catch (JsonException e) { read = e.GetType().BaseType!.Name; }
    Console.WriteLine($"npm to .NET, {sent.GetProperty("body")}, subject {sent.GetProperty("headers").GetProperty("ce-subject")} -> {read}");
}
var own = new CloudEvent { Id = "1", Source = new Uri("/edge-1", UriKind.Relative), Type = "reading", Subject = "line 1", DataContentType = "application/json", Data = "1.10" };
using var content = own.ToHttpContent(ContentMode.Binary, new JsonEventFormatter());
File.WriteAllText("own", JsonSerializer.Serialize(new
{
    headers = content.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(",", h.Value)),
    body = await content.ReadAsStringAsync(),
}));
E
cat > receive.mjs <<'E'
import fs from 'fs';
import { HTTP } from 'cloudevents';
const sent = JSON.parse(fs.readFileSync('own', 'utf8'));
const { data, subject } = HTTP.toEvent(sent);
console.log(`.NET to npm, ${sent.body}, subject ${sent.headers['ce-subject']} -> ${typeof data} ${data}, subject ${subject}`);
E
cat > expected <<'E'
npm, time: 2026-11-29T10:00:00.123456+02:00 -> 2026-11-29T08:00:00.123Z
npm to .NET, 1.10, subject line 1 -> Number 1.10, subject line 1
npm to .NET, disk full, subject line 1 -> JsonException
npm to .NET, {"a":"1.10"}, subject load%201 -> Object {"a":"1.10"}, subject load 1
.NET to npm, "1.10", subject line%201 -> string 1.10, subject line%201
E
npm install --silent --no-audit --no-fund cloudevents@10.0.0 >/dev/null
{ node send.mjs; dotnet run exchange.cs; node receive.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the SDKs write or read otherwise than noted"; exit 1; }
