using System.Net;
using ExecutionDashboard.IntegrationTests.Circuits;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>A client with too many requests is told to wait; other clients, probes and the program's own parts are not limited.</summary>
public sealed class RequestLimitTests
{
    [Fact]
    public async Task Get_MoreThanAllowed_IsToldToWaitWhileOthersAreServed()
    {
        const int burst = 20;
        using var folder = new TemporaryFolder();
        await using var program = await PartProcess.StartAsync(new Dictionary<string, string>
        {
            ["Simulator:Database"] = "", ["Storage:ConnectionString"] = folder["fleet.db"], ["Limits:RequestBurst"] = $"{burst}", ["Limits:RequestsPerSecond"] = "1",
        }, folder.Path);
        using var http = new HttpClient { BaseAddress = program.Address };
        // The feed reads the whole fleet of the simulator by HTTP.
        await Eventually.ContainsAsync(() => http.GetStringAsync("health/ready"), "\"description\":\"live\"");

        var replies = await Task.WhenAll(Enumerable.Range(0, 3 * burst).Select(_ => http.GetAsync("favicon.svg")));
        var refused = replies.Where(r => r.StatusCode == HttpStatusCode.TooManyRequests).ToArray();

        Assert.InRange(refused.Length, burst, 2 * burst);
        Assert.Contains("Limits:RequestsPerSecond", await refused[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(refused[0].Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health/live")).StatusCode);
        // The page that says that there is nothing is a page.
        foreach (var nothing in (string[])["health/nothing", "simulator/nothing", "hubs/feed/nothing"])
            Assert.Equal(HttpStatusCode.TooManyRequests, (await http.GetAsync(nothing)).StatusCode);
        await using var elsewhere = new CountingProxy(program.Address, IPAddress.Parse("127.0.0.2"));
        using var others = new HttpClient { BaseAddress = elsewhere.Address };
        Assert.Equal(HttpStatusCode.OK, (await others.GetAsync("favicon.svg")).StatusCode);
        Assert.Contains("limit=\"requests\"", await others.GetStringAsync("metrics"), StringComparison.Ordinal);
    }
}
