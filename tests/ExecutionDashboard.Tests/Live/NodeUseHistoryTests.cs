using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Tests.Feed;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live;

public sealed class NodeUseHistoryTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestControlPlane _server = new();

    [Fact]
    public async Task OfAsync_ManyViewersWithinSeconds_AskOnce()
    {
        _server.Metrics = metric => new Dictionary<string, IReadOnlyList<MetricPoint>> { ["n1"] = [new(_time.GetUtcNow(), (double)metric)] };
        var history = Of(3);
        var (use, problem) = await history.OfAsync("n1", default);
        Assert.Null(problem);
        Assert.Equal((0d, 1d, 2d), (use!.Cpu[0].Value, use.Memory[0].Value, use.Disk[0].Value));
        Assert.Empty((await history.OfAsync("n2", default)).Use!.Cpu);
        Assert.Equal(3, _server.Calls.Count);

        _time.Advance(TimeSpan.FromSeconds(15));
        await history.OfAsync("n1", default);
        Assert.Equal(6, _server.Calls.Count);
    }

    [Fact]
    public async Task OfAsync_OneMetricFails_TheOthersAreThere()
    {
        var calls = 0;
        _server.Fault = (_, _) => ++calls == 1 ? TestControlPlane.Broken : null;
        _server.Metrics = _ => new Dictionary<string, IReadOnlyList<MetricPoint>> { ["n1"] = [new(_time.GetUtcNow(), 7)] };
        var (use, _) = await Of(1).OfAsync("n1", default);
        Assert.Empty(use!.Cpu);
        Assert.Single(use.Memory);
    }

    [Fact]
    public async Task OfAsync_NothingIsOffered_SaysWhy()
    {
        _server.Fault = (_, _) => new ControlPlaneFailure(ControlPlaneError.NotOffered, "This server keeps none.", 404);
        Assert.Equal((null, "This server keeps none."), await Of(1).OfAsync("n1", default));
    }

    [Fact]
    public async Task OfAsync_AVeryLargeFleet_IsNotAskedFor()
    {
        var (use, problem) = await Of(NodeUseHistory.MostNodes + 1).OfAsync("n1", default);
        Assert.Null(use);
        Assert.Contains("5,000", problem, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    private NodeUseHistory Of(int nodes)
    {
        var replica = new Replica(new LiveSignals(_time), _time);
        replica.Apply(new FeedBatch { Reset = true, Sequence = 1, Changes = [.. Enumerable.Range(1, nodes).Select(i => FleetChange.Of(new Node { Id = $"n{i}" }))] });
        return new(_server, replica, _time);
    }
}
