#!/usr/bin/env bash
# Software: Microsoft.Extensions.Http.Resilience 10.11.0 (NuGet; Polly.Core 8.4.2), Microsoft.Extensions.TimeProvider.Testing 10.11.0.
# Expected: disposing a service provider lets go of its HttpClients at once, or cancels what is under way.
# Happens:  it waits while a call of a resilience handler is under way, by the TimeProvider of the services, in steps of a second and for at most
#           30 s. With the real clock that is a shutdown that hangs as long as the slowest reply; with a fake clock nobody moves any more
#           (the test that moved it is the one that disposes) it never ends, and no thread is seen to wait.
# Matters:  a test suite that stands still for ever, once in fifty runs: only when a poll happens to be under way at the end of a test.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > end.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.Extensions.Http.Resilience@10.11.0
#:package Microsoft.Extensions.TimeProvider.Testing@10.11.0
#:property PublishAot=false
#:property NoWarn=ASP0000
using Microsoft.Extensions.Time.Testing;
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();
var asked = new TaskCompletionSource();
app.MapGet("/slow", async (CancellationToken gone) => { asked.TrySetResult(); await Task.Delay(-1, gone); });
await app.StartAsync();

foreach (var moved in new[] { false, true })
{
    asked = new();
    var clock = new FakeTimeProvider();
    var services = new ServiceCollection().AddSingleton<TimeProvider>(clock);
    services.AddHttpClient("fleet").AddStandardResilienceHandler();
    var provider = services.BuildServiceProvider();
    var call = provider.GetRequiredService<IHttpClientFactory>().CreateClient("fleet").GetStringAsync(app.Urls.First() + "/slow");
    await asked.Task;
    var ended = provider.DisposeAsync().AsTask();
    for (var second = 0; second < 40 && moved && !ended.IsCompleted; second++)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(20);
    }
    await Task.WhenAny(ended, Task.Delay(5_000));
    Console.WriteLine($"clock {(moved ? "moved by up to 40 s" : "stands still, 5 real seconds")}: disposed {ended.IsCompleted}");
}
Environment.Exit(0);
E
cat > expected <<'E'
clock stands still, 5 real seconds: disposed False
clock moved by up to 40 s: disposed True
E
dotnet run end.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the handler's pipelines are disposed otherwise than noted"; exit 1; }
