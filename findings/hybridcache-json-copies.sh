#!/usr/bin/env bash
# Software: Microsoft.Extensions.Caching.Hybrid 10.11.0 (NuGet), with no distributed cache registered.
# Expected: a cache in memory gives back what was put in; if it copies, it copies everything.
# Happens:  a value that is not immutable goes through JSON, and even the caller that made it gets the copy: a derived class comes back as its base,
#           a dictionary without its comparer, an object as JsonElement, a property with a private setter as its default. A value whose JSON is larger
#           than 1 MiB is not copied at all: one object is handed to everyone, so what one caller changes all others see (an error is logged, the first time).
# Matters:  states lose their details, labels are no longer found whatever their case; and a list of a fleet that grows past a mebibyte
#           starts to be shared by viewers that each sort and cut their own.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > cache.cs <<'E'
#:package Microsoft.Extensions.Caching.Hybrid@10.11.0
#:package Microsoft.Extensions.DependencyInjection@10.0.10
#:property PublishAot=false
#:property InvariantGlobalization=true
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using var services = new ServiceCollection().AddHybridCache().Services.BuildServiceProvider();
var cache = services.GetRequiredService<HybridCache>();
async Task<T> Get<T>(string key, T made) => await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(made));

Console.WriteLine($"state: {(await Get<State>("state", new Failed())).GetType().Name}");
Console.WriteLine($"labels: zone {((await Get("labels", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Zone"] = "eu" })).ContainsKey("zone") ? "found" : "not found")}");
Console.WriteLine($"number as object: {(await Get<object>("number", 5)).GetType().Name}");
Console.WriteLine($"private setter: {(await Get("counted", new Counted(7))).Count}");
foreach (var nodes in new[] { 1_000, 200_000 })
{
    await Get("nodes" + nodes, Enumerable.Range(0, nodes).ToList());
    (await Get("nodes" + nodes, new List<int>())).Clear();
    Console.WriteLine($"list of {nodes}, cleared by one caller: the next sees {(await Get("nodes" + nodes, new List<int>())).Count}");
}

class State;
class Failed : State { public string Message { get; set; } = "no disk"; }
class Counted
{
    public Counted() { }
    public Counted(int count) => Count = count;
    public int Count { get; private set; }
}
E
cat > expected <<'E'
state: State
labels: zone not found
number as object: JsonElement
private setter: 0
list of 1000, cleared by one caller: the next sees 1000
list of 200000, cleared by one caller: the next sees 0
E
dotnet run cache.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the cache does otherwise than noted"; exit 1; }
