using System.Diagnostics;
using System.Globalization;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.Circuits;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>
/// Viewers of the list who see parts of the fleet, beside as many who see all of it: processor time of each, and memory of a part. Parts are measured in two ways: ten that share the fleet
/// among them, and ten that each see all of it, which is the worst that a scope can cost.
/// </summary>
internal static class ScopeRun
{
    private const string Page = "executions?sort=-created", UserHeader = "X-User", RolesHeader = "X-Groups";
    private const int Parts = 10, Rate = 1000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5), Window = TimeSpan.FromSeconds(15);

    /// <summary>So many viewers of so many executions.</summary>
    public static async Task RunAsync(FigureTable table, int executions, int viewers)
    {
        await using var feed = await BenchFeed.StartAsync(executions);
        await using var server = await ServerUnderTest.StartAsync(
        [
            ("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"), ("Auth:Mode", "Proxy"), ("Auth:ProxyHeader", UserHeader), ("Auth:ProxyRolesHeader", RolesHeader),
            ("Auth:CheckInterval", "01:00:00"), ("Dashboard:TrustedProxies", "127.0.0.1"), ("Limits:CircuitsPerAddress", "1000"), ("Auth:Roles:Viewer", Bindings()),
        ]);
        await server.LiveAsync(TimeSpan.FromMinutes(2));
        await MeasureAsync(table, feed, server, 20, "warm", null);
        feed.Rate = Rate;
        await WaitAsync(Settle);
        var alone = await CpuAsync(server);
        var whole = await MeasureAsync(table, feed, server, viewers, "whole", alone);
        foreach (var kind in (string[])["team", "all"])
        {
            var cost = await MeasureAsync(table, feed, server, viewers, kind, alone);
            table.Add("scopes", $"{viewers} viewers of {Parts} {Name(kind)}: processor time of one, beside one who sees the whole fleet", cost / whole, "×", 1.3);
        }
    }

    private static string Bindings() => string.Join("; ", Enumerable.Range(0, Parts)
        .SelectMany(i => (string[])[$"team{i}: {(i < 9 ? $"job.team=team-{i}" : "region=eu")}", $"all{i}: !none-{i.ToString(CultureInfo.InvariantCulture)}"]).Prepend("whole"));

    private static string Name(string kind) => kind switch { "team" => "parts (9 teams, a region)", "all" => "parts that each are the whole", _ => "the whole fleet" };

    private static async Task<double> MeasureAsync(FigureTable table, BenchFeed feed, ServerUnderTest server, int viewers, string kind, double? alone)
    {
        var heap = alone is null ? 0 : await server.HeapAsync();
        feed.Rate = Rate;
        var circuits = new List<Circuit>();
        for (var i = 0; i < viewers; i++) circuits.Add(await OpenAsync(server, kind is "team" or "all" ? $"{kind}{i % Parts}" : "whole"));
        await WaitAsync(Settle);
        var cost = (await CpuAsync(server) - (alone ?? 0)) / viewers;
        if (alone is not null)
        {
            table.Add("scopes", $"{viewers} viewers of {Name(kind)}: processor time of one", cost, "ms/s");
            table.Add("scopes", $"{viewers} viewers of {Name(kind)}: failed pages and broken connections", circuits.Sum(c => c.Errors), "", 0.5);
        }
        feed.Rate = 0;
        await WaitAsync(Settle);
        if (alone is not null) table.Add("scopes", $"{viewers} viewers of {Name(kind)}: heap", (await server.HeapAsync() - heap) / 1024 / 1024, "MB");
        foreach (var circuit in circuits) await circuit.DisposeAsync();
        feed.Rate = Rate;
        await WaitAsync(Settle);
        return cost;
    }

    private static async Task<Circuit> OpenAsync(ServerUnderTest server, string group)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, Page)) { Headers = { { UserHeader, group }, { RolesHeader, group } } };
        using var reply = (await server.Http.SendAsync(request)).EnsureSuccessStatusCode();
        return await Circuit.OpenAsync(server.Http, server.Address, Page, await reply.Content.ReadAsStringAsync(), _ => { }, _ => { }, options =>
        {
            options.Headers[UserHeader] = group;
            options.Headers[RolesHeader] = group;
        });
    }

    // Milliseconds of processor time in each second.
    private static async Task<double> CpuAsync(ServerUnderTest server)
    {
        var (before, clock) = (server.Cpu, Stopwatch.StartNew());
        await WaitAsync(Window);
        return (server.Cpu - before).TotalMilliseconds / clock.Elapsed.TotalSeconds;
    }

    private static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
