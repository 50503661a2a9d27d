using System.Net.Http.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Two control planes with the same ids, each with a feed of its own, and one dashboard that shows them as one fleet.</summary>
public sealed class TwoPlanesTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Fleet = new() { ["Nodes"] = "6", ["Jobs"] = "2", ["ChangesPerSecond"] = "0", ["Seed"] = "5" };
    private static readonly Dictionary<string, string> Watching = new() { ["ControlPlane:PollInterval"] = "00:00:00.2" };

    private readonly SplitParts _eu = new(Fleet, Watching), _us = new(Fleet, Watching);
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _feed = SharedKey.NewClient();
    private PartProcess _dashboard = null!;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(_eu.StartSimulatorAsync(), _us.StartSimulatorAsync());
        await Task.WhenAll(_eu.StartFeedAsync(), _us.StartFeedAsync());
        _feed.BaseAddress = _eu.FeedAddress;
        _dashboard = await PartProcess.StartAsync(new Dictionary<string, string>
        {
            ["ControlPlanes:0:Name"] = "eu", ["ControlPlanes:0:Url"] = new Uri(_eu.SimulatorAddress, "simulator/api/v1").ToString(), ["ControlPlanes:0:Feed"] = _eu.FeedAddress.ToString(),
            ["ControlPlanes:1:Name"] = "us", ["ControlPlanes:1:Url"] = new Uri(_us.SimulatorAddress, "simulator/api/v1").ToString(), ["ControlPlanes:1:Feed"] = _us.FeedAddress.ToString(),
            [SharedKey.Setting] = SharedKey.Value,
        }, _folder.Path);
    }

    public async Task DisposeAsync()
    {
        if (_dashboard is not null) await _dashboard.DisposeAsync();
        await _eu.DisposeAsync();
        await _us.DisposeAsync();
        _feed.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Dashboard_TwoPlanesWithTheSameIds_IsOneFleetInWhichEachIsItself()
    {
        await ShowsBothAsync();
        var page = await _eu.Http.GetStringAsync(new Uri(_dashboard.Address, "executions"));
        Assert.Contains("<td class=\"c-plane\">eu</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"c-plane\">us</td>", page, StringComparison.Ordinal);
        Assert.Contains("All planes:", await _eu.Http.GetStringAsync(_dashboard.Address), StringComparison.Ordinal);
        var ofUs = await _eu.Http.GetStringAsync(new Uri(_dashboard.Address, "export/executions.csv?filter=plane:us"));
        Assert.Equal((await ExecutionFacts.OfControlPlaneAsync(_us.Http, _us.SimulatorAddress)).Count, ofUs.Split('\n').Count(line => line.StartsWith("us~", StringComparison.Ordinal)));
        Assert.DoesNotContain("eu~", ofUs, StringComparison.Ordinal);

        // The one is stopped, and not its namesake.
        var id = (await ExecutionFacts.OfControlPlaneAsync(_us.Http, _us.SimulatorAddress)).Values.First(execution => execution.State == "running").Id;
        await StopAsync("first", $"us~{id}");
        await Eventually.HoldsAsync(async () => (await ExecutionFacts.OfExportAsync(_eu.Http, _dashboard.Address))[$"us~{id}"].Desired == "stopped" ? null : "us is not asked to stop");
        await ShowsBothAsync();
        Assert.Equal("running", (await ExecutionFacts.OfControlPlaneAsync(_eu.Http, _eu.SimulatorAddress))[id].Desired);

        // The feed of one is gone: that is told by its name, its rows stay, and the other goes on.
        await _us.KillFeedAsync();
        await Eventually.ContainsAsync(() => _eu.Http.GetStringAsync(_dashboard.Address), "us: feed unreachable since");
        await _eu.StandsAsync(_dashboard.Address, "live");
        await StopAsync("second", $"eu~{id}");
        await Eventually.HoldsAsync(async () => (await ExecutionFacts.OfExportAsync(_eu.Http, _dashboard.Address))[$"eu~{id}"].Desired == "stopped" ? null : "eu is not asked to stop");
        Assert.Contains($"us~{id}", (await ExecutionFacts.OfExportAsync(_eu.Http, _dashboard.Address)).Keys);

        await _us.StartFeedAsync();
        await ShowsBothAsync();
        await Eventually.HoldsAsync(async () => (await _eu.Http.GetStringAsync(_dashboard.Address)).Contains("unreachable since", StringComparison.Ordinal) ? "a plane is still gone" : null);
    }

    private Task ShowsBothAsync() => Eventually.HoldsAsync(async () =>
    {
        var there = new Dictionary<string, ExecutionFacts>(StringComparer.Ordinal);
        foreach (var (plane, parts) in new[] { ("eu", _eu), ("us", _us) })
            foreach (var execution in (await ExecutionFacts.OfControlPlaneAsync(parts.Http, parts.SimulatorAddress)).Values)
                there[$"{plane}~{execution.Id}"] = In(plane, execution);
        return there.Count == 0 ? "there is nothing" : ExecutionFacts.Difference(there, await ExecutionFacts.OfExportAsync(_eu.Http, _dashboard.Address));
    });

    private static ExecutionFacts In(string plane, ExecutionFacts execution)
    {
        return execution with
        {
            Id = Id(execution.Id), Job = Id(execution.Job), Node = Id(execution.Node), Deployment = Id(execution.Deployment), Previous = Id(execution.Previous), Next = Id(execution.Next),
        };

        string Id(string id) => id.Length == 0 ? "" : $"{plane}~{id}";
    }

    private async Task StopAsync(string run, string id)
    {
        var stop = new BulkRun { Id = run, Action = BulkAction.StopExecutions, StartedBy = "Ann", StartedAs = "admin", Reason = "Maintenance", WaveSize = 1, FailureLimit = 1, Executions = 1, Nodes = 1 };
        using var reply = await _feed.PostAsJsonAsync(FeedContract.BulkPath, new BulkStart(stop, [new BulkItem { Id = id }]), FeedContract.Json);
        reply.EnsureSuccessStatusCode();
    }
}
