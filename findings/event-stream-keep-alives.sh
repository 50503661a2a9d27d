#!/usr/bin/env bash
# Software: @microsoft/fetch-event-source 2.0.1 and eventsource-parser 4.1.3 (npm), System.Net.ServerSentEvents of .NET 10.0 (seen on 10.0.12).
# Expected: three readers of server-sent events give the events that a browser's EventSource gives: a comment is none, an id alone is none, an event without an id has the last one
#           before it, and one without a type is "message".
# Happens:  fetch-event-source calls its handler with empty data for each comment, retry and id; nothing tells that from an event whose data is empty. None of the three gives an event
#           the id before it: only .NET keeps it beside. An "event" line without a value is a type of no letters in .NET. Of an empty last line of data fetch-event-source drops the
#           line break.
# Matters:  servers send a comment every 15 seconds to keep the line open: JSON.parse("") throws in the handler, four times a minute and only where nothing happens. A reader that saves
#           event.id saves nothing for most events, and resumes from the beginning.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > streams.json <<'E'
{ "keep-alive": ": keep\n\ndata: a\n\n", "retry alone": "retry: 5000\n\ndata: a\n\n", "id alone": "id: 1\n\ndata: a\n\n", "id and then none": "id: 7\ndata: a\n\ndata: b\n\n",
  "empty type": "event\ndata: a\n\n", "empty last line": "data: a\ndata\n\n" }
E
cat > read.mjs <<'E'
import { readFileSync } from 'node:fs';
import { createParser } from 'eventsource-parser';
import { getLines, getMessages } from './node_modules/@microsoft/fetch-event-source/lib/esm/parse.js';
const show = ({ event, id, data }) => `[type ${JSON.stringify(event ?? null)} id ${JSON.stringify(id ?? null)} ${JSON.stringify(data)}]`;
for (const [name, text] of Object.entries(JSON.parse(readFileSync('streams.json', 'utf8')))) {
  const one = [], two = [];
  createParser({ onEvent: event => one.push(show(event)) }).feed(text);
  getLines(getMessages(() => {}, () => {}, event => two.push(show(event))))(new TextEncoder().encode(text));
  console.log(`${name}\n  eventsource-parser ${one.join('')}\n  fetch-event-source ${two.join('')}`);
}
E
cat > read.cs <<'E'
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
foreach (var stream in JsonDocument.Parse(File.ReadAllText("streams.json")).RootElement.EnumerateObject())
{
    var parser = SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes(stream.Value.GetString()!)));
    var events = parser.Enumerate().Select(e => $"[type \"{e.EventType}\" id {(e.EventId is null ? "null" : $"\"{e.EventId}\"")} \"{e.Data.Replace("\n", "\\n")}\"]").ToList();
    Console.WriteLine($"{stream.Name}\n  .NET {string.Concat(events)} last id \"{parser.LastEventId}\"");
}
E
cat > expected <<'E'
keep-alive
  eventsource-parser [type null id null "a"]
  fetch-event-source [type "" id "" ""][type "" id "" "a"]
retry alone
  eventsource-parser [type null id null "a"]
  fetch-event-source [type "" id "" ""][type "" id "" "a"]
id alone
  eventsource-parser [type null id null "a"]
  fetch-event-source [type "" id "1" ""][type "" id "" "a"]
id and then none
  eventsource-parser [type null id "7" "a"][type null id null "b"]
  fetch-event-source [type "" id "7" "a"][type "" id "" "b"]
empty type
  eventsource-parser [type null id null "a"]
  fetch-event-source [type "" id "" "a"]
empty last line
  eventsource-parser [type null id null "a\n"]
  fetch-event-source [type "" id "" "a"]
keep-alive
  .NET [type "message" id null "a"] last id ""
retry alone
  .NET [type "message" id null "a"] last id ""
id alone
  .NET [type "message" id "1" "a"] last id "1"
id and then none
  .NET [type "message" id "7" "a"][type "message" id null "b"] last id "7"
empty type
  .NET [type "" id null "a"] last id ""
empty last line
  .NET [type "message" id null "a\n"] last id ""
E
npm install --silent --no-audit --no-fund @microsoft/fetch-event-source@2.0.1 eventsource-parser@4.1.3 >/dev/null
{ node read.mjs; dotnet run read.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: event streams are read otherwise than noted"; exit 1; }
