using System.Diagnostics;
using ExecutionDashboard.Benchmarks.Figures;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>Keeps a dashboard busy with viewers, for a profiler to look at.</summary>
internal static class ProfileRun
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    /// <summary>Viewers of a page, who stay until the time is over.</summary>
    public static async Task RunAsync(int viewers, int rate, TimeSpan time, string path, int executions = 100_000)
    {
        await using var feed = await BenchFeed.StartAsync(executions);
        await using var server = await ServerUnderTest.StartAsync(("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"));
        await server.LiveAsync(TimeSpan.FromMinutes(2));
        await using var all = new Viewers(server, feed);
        await all.OpenAsync(path.Replace("{deployment}", BenchFeed.Large, StringComparison.Ordinal), viewers);
        feed.Rate = rate;
        Console.WriteLine($"Process {server.ProcessId} at {server.Address}: {viewers} viewers of /{path} at {rate:#,0} changes/s for {time.TotalMinutes:0.#} min.");
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            all.TakeLatencies();
            var (cpu, batches, bytes, before) = (server.Cpu, all.Batches, all.Bytes, clock.Elapsed);
            await Task.Delay(Step, TimeProvider.System);
            var seconds = (clock.Elapsed - before).TotalSeconds;
            var (renders, used) = ((all.Batches - batches) / seconds / viewers, (server.Cpu - cpu).TotalSeconds / seconds);
            Console.WriteLine($"CPU {100 * used:0.0} % of a core, {1000 * used / viewers / renders:0.00} ms a render; {renders:0.0} renders/s and {(all.Bytes - bytes) / seconds / viewers / 1024:0.0} KB/s a viewer; p95 {all.TakeLatencies().Percentile(0.95):0} ms");
        }
    }
}
