using System.Globalization;
using System.Net;
using ExecutionDashboard.Benchmarks.Figures;
using ExecutionDashboard.IntegrationTests.Circuits;

namespace ExecutionDashboard.Benchmarks.Live;

/// <summary>
/// One client that opens tabs of the list without end, beside viewers at another address: the cost of tabs beyond the limit, and the lag of the other viewers.
/// </summary>
internal static class CrowdRun
{
    private const string List = "executions?sort=-created";
    private const int Others = 20, Rate = 1000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5), Window = TimeSpan.FromSeconds(10);
    private static readonly IPAddress Client = IPAddress.Parse("127.0.0.2");

    /// <summary>So many tabs, of which some are allowed (<c>Limits:CircuitsPerAddress</c>); 0 is the default of the dashboard.</summary>
    public static async Task RunAsync(FigureTable table, int tabs, int allowed)
    {
        await using var feed = await BenchFeed.StartAsync(100_000);
        var limit = allowed > 0 ? new[] { ("Limits:CircuitsPerAddress", allowed.ToString(CultureInfo.InvariantCulture)) } : [];
        await using var server = await ServerUnderTest.StartAsync([("Roles", "Dashboard"), ("Feed:Url", feed.Address.ToString()), ("ControlPlane:Url", "http://127.0.0.1:9/"), .. limit]);
        await server.LiveAsync(TimeSpan.FromMinutes(2));
        await using var viewers = new Viewers(server, feed);
        await viewers.OpenAsync(List, Others);
        feed.Rate = Rate;
        await WaitAsync(Window);
        await LatencyAsync(table, viewers, "before");
        var resident = server.Resident;
        table.Add("crowd", $"{Others} viewers: resident memory", Megabytes(resident), "MB");

        await using var client = new CountingProxy(server.Address, Client);
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(client.Address, List));
        var (open, documents, connections) = (new List<Circuit>(), 0, 0);
        var full = resident;
        for (var tab = 0; tab < tabs; tab++)
        {
            // The document first, as a browser does; then what is behind it, as an attacker does.
            using var document = await http.GetAsync(new Uri(client.Address, List));
            if (!document.IsSuccessStatusCode && documents++ == 0)
            {
                await WaitAsync(Settle);
                full = server.Resident;
                table.Add("crowd", $"{open.Count} more tabs of one client, all that are allowed: resident memory", Megabytes(full), "MB");
            }
            try
            {
                open.Add(await Circuit.OpenAsync(http, client.Address, List, page, _ => { }, _ => { }));
            }
            catch (Exception e) when (Circuit.IsRefusal(e))
            {
                connections++;
            }
        }
        viewers.TakeLatencies();
        await WaitAsync(Window);
        await LatencyAsync(table, viewers, $"after {tabs} tabs of one client");
        table.Add("crowd", "tabs open", open.Count(c => c.IsOpen), "");
        table.Add("crowd", "documents refused", documents, "");
        table.Add("crowd", "connections refused", connections, "");
        table.Add("crowd", $"after {tabs} tabs: resident memory", Megabytes(server.Resident), "MB");
        table.Add("crowd", "growth past the tabs that are allowed", Megabytes(server.Resident - (documents > 0 ? full : resident)), "MB", 100);
        table.Add("crowd", "heap per tab", (await server.HeapAsync()) / (open.Count + Others) / 1024, "KB");
        table.Add("crowd", "resident memory after a collection", Megabytes(server.Resident), "MB");
        if (viewers.Errors > 0) table.Add("crowd", "failed pages and broken connections of the other viewers", viewers.Errors, "", 0.5);
        feed.Rate = 0;
        foreach (var circuit in open) await circuit.DisposeAsync();
    }

    private static async Task LatencyAsync(FigureTable table, Viewers viewers, string when)
    {
        viewers.TakeLatencies();
        var renders = viewers.Batches;
        await WaitAsync(Window);
        var latencies = viewers.TakeLatencies();
        table.Add("crowd", $"other viewers, {when}: renders of each", (viewers.Batches - renders) / Window.TotalSeconds / viewers.Count, "/s");
        table.Add("crowd", $"other viewers, {when}: change to render, p50", latencies.Percentile(0.5), "ms");
        table.Add("crowd", $"other viewers, {when}: change to render, p95", latencies.Percentile(0.95), "ms");
    }

    private static double Megabytes(long bytes) => bytes / 1024.0 / 1024;

    private static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
