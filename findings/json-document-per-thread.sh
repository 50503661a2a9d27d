#!/usr/bin/env bash
# Software: System.Text.Json (JsonDocument) of .NET 10.0.
# Expected: a JsonDocument that is disposed gives back what it took; a program that reads one page after the other keeps about one buffer.
# Happens:  its index of tokens is rented from the shared pool, begins with about the length of the text (1 MB at most) and doubles when it is full. The pool keeps one array of each size for each thread that disposed
#           one: megabytes for each thread that ever read a page, also after full collections.
# Matters:  continuations run on any thread of the pool. A watcher of pages of some 700 KB, never two at once, came to hold 109 MB this way.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"

cat > pages.cs <<'E'
#:property PublishAot=false
using System.Text;
using System.Text.Json;
var page = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 9_000).Select(i => $$"""{"id":{{i}},"state":"running","tags":[1,2,3,4,5,6],"at":"2026-05-01T10:00:00Z"}""")) + "]");
void Read() { using var document = JsonDocument.Parse(page); if (document.RootElement.GetArrayLength() != 9_000) throw new InvalidOperationException(); }
long Held() { GC.Collect(); GC.WaitForPendingFinalizers(); return GC.GetTotalMemory(true); }
using var all = new CountdownEvent(8);
using var end = new ManualResetEventSlim();
Read();
var before = Held();
for (var i = 0; i < 8; i++) Read();
Console.WriteLine($"page of {page.Length / 1000} KB, eight times more by the same thread: {(Held() - before) / 1_000_000} MB more are kept");
before = Held();
var turn = new Lock();
for (var i = 0; i < 8; i++) new Thread(() => { lock (turn) Read(); all.Signal(); end.Wait(); }) { IsBackground = true }.Start();
all.Wait();
Console.WriteLine($"once by each of eight threads, one after the other: {(Held() - before) / 1_000_000} MB more are kept");
end.Set();
E
dotnet run pages.cs > seen
cat seen
cat > expected <<'E'
page of 709 KB, eight times more by the same thread: 0 MB more are kept
once by each of eight threads, one after the other: 25 MB more are kept
E
diff expected seen || { echo "CHANGED: what a disposed JsonDocument leaves behind"; exit 1; }
