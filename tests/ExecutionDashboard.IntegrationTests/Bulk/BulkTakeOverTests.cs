using System.Net.Http.Json;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.IntegrationTests.Bulk;

/// <summary>The process that drives a bulk run is killed in the middle: another dashboard goes on, nothing is sent twice, nothing is forgotten, and the audit tells it.</summary>
public sealed class BulkTakeOverTests
{
    [Theory]
    [InlineData("deployment", BulkAction.StopExecutions, 500)]
    [InlineData("rollout", BulkAction.StopJobs, 40)]
    public async Task Kill_DriverInTheMiddle_AnotherGoesOn(string generation, BulkAction action, int count)
    {
        await using var parts = new SplitParts(
            new() { ["Generation"] = generation, ["Nodes"] = "100", ["Jobs"] = "60", ["Executions"] = "1500", ["ChangesPerSecond"] = "0" }, new() { ["ControlPlane:PollInterval"] = "00:00:00.3" });
        await parts.StartSimulatorAsync();
        await parts.StartFeedAsync();
        var settings = new Dictionary<string, string> { ["Bulk:RequestsPerSecond"] = action == BulkAction.StopJobs ? "8" : "60", ["Bulk:SeenLimit"] = "00:00:15" };
        PartProcess[] dashboards = [await parts.StartDashboardAsync(settings: settings), await parts.StartDashboardAsync(settings: settings)];
        foreach (var dashboard in dashboards) await parts.StandsAsync(dashboard.Address, "live");
        using var feed = SharedKey.NewClient();
        feed.BaseAddress = parts.FeedAddress;
        var ids = await IdsAsync(parts, action, count);
        var run = new BulkRun { Id = "takeover", Action = action, StartedBy = "Ann", StartedAs = "admin", Reason = "Maintenance", WaveSize = Math.Max(5, count / 5), FailureLimit = count, Executions = count, Nodes = 100 };
        using (var started = await feed.PostAsJsonAsync(FeedContract.BulkPath, new BulkStart(run, [.. ids.Select(id => new BulkItem { Id = id })]), FeedContract.Json)) started.EnsureSuccessStatusCode();

        await Eventually.HoldsAsync(async () => (await ReadAsync(feed)).Run is var now && now.Counts.Seen >= count / 3 ? null : $"{now}", 90);
        var driver = (await ReadAsync(feed)).Run.Driver;
        await dashboards.Single(d => driver.Contains($"-{d.ProcessId}-", StringComparison.Ordinal)).KillAsync();
        Assert.InRange((await ReadAsync(feed)).Run.Counts.Settled, 1, count - 1);

        await Eventually.HoldsAsync(async () => (await ReadAsync(feed)).Run is { State: BulkState.Finished } ? null : $"{(await ReadAsync(feed)).Run}", 120);
        var (end, items) = await ReadAsync(feed);
        Assert.NotEqual(driver, end.Driver);
        Assert.Equal(count, items.Count);
        // What was on its way when the driver died is listed at most; all the rest was done, once.
        Assert.All(items, item => Assert.True(item is { Phase: BulkPhase.Seen, Attempts: 1 } or { Phase: BulkPhase.Skipped, Attempts: 0 } or { Phase: BulkPhase.NotSeen, Attempts: 1 }, $"{item}"));
        Assert.InRange(end.Counts.NotSeen, 0, 8);
        Assert.Equal(count, AuditRows(parts.LogFile));

        if (end.Counts.NotSeen == 0) return;
        using (var retried = await feed.PostAsJsonAsync(FeedContract.BulkOrderPath("takeover"), new BulkOrder(BulkOrderKind.Retry, "Bob"), FeedContract.Json)) retried.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await ReadAsync(feed)).Run is { State: BulkState.Finished, Counts.Listed: 0 } ? null : $"{(await ReadAsync(feed)).Run}", 60);
    }

    private static async Task<BulkRunItems> ReadAsync(HttpClient feed) => (await feed.GetFromJsonAsync<BulkRunItems>(FeedContract.BulkItemsPath("takeover", 0), FeedContract.Json))!;

    private static async Task<IReadOnlyList<string>> IdsAsync(SplitParts parts, BulkAction action, int count)
    {
        var address = new Uri(parts.SimulatorAddress, action == BulkAction.StopExecutions ? "simulator/api/v1/executions?states=running&limit=1000" : "simulator/api/v1/jobs?limit=1000");
        using var page = JsonDocument.Parse(await parts.Http.GetStringAsync(address));
        List<string> ids = [.. page.RootElement.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetString()!).Take(count)];
        Assert.Equal(count, ids.Count);
        return ids;
    }

    private static long AuditRows(string file)
    {
        using var log = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        log.Open();
        using var command = log.CreateCommand();
        command.CommandText = "SELECT count(DISTINCT target) FROM audit WHERE act LIKE 'bulk-takeover-%' AND kind <> 'bulk run'";
        return (long)command.ExecuteScalar()!;
    }
}
