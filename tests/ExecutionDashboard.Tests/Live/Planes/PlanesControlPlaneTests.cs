using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Live.Planes;
using ExecutionDashboard.Tests.Feed;

namespace ExecutionDashboard.Tests.Live.Planes;

public sealed class PlanesControlPlaneTests
{
    private static readonly FleetPlanes Two = FleetPlanes.Of(["eu", "us"]);

    private readonly TestControlPlane _eu = new(), _us = new();
    private readonly PlanesControlPlane _both;

    public PlanesControlPlaneTests()
    {
        foreach (var server in new[] { _eu, _us }) server.Put(new Execution { Id = "e1", JobId = "j", NodeId = "n" });
        _both = new(Two, new Dictionary<string, IControlPlane> { ["eu"] = _eu, ["us"] = _us });
    }

    [Fact]
    public async Task StopExecutionAsync_SameIdOnBoth_GoesToThePlaneInItAndToNoOther()
    {
        var asked = new List<(string Call, string Id)>();
        _us.Fault = (call, id) =>
        {
            asked.Add((call, id));
            return null;
        };
        Assert.True((await _both.StopExecutionAsync("us~e1", "it leaks")).Succeeded);

        Assert.Empty(_eu.Calls);
        Assert.Equal([("stop", "e1")], asked);
        Assert.Equal("it leaks", _us.Reason);
    }

    [Theory]
    [InlineData("e1")]
    [InlineData("ap~e1")]
    [InlineData("~e1")]
    public async Task StopExecutionAsync_IdOfNoPlane_IsSentToNone(string id)
    {
        var answer = await _both.StopExecutionAsync(id, "");

        Assert.Equal(ControlPlaneError.NotFound, answer.Failure?.Error);
        Assert.Empty(_eu.Calls);
        Assert.Empty(_us.Calls);
    }

    [Fact]
    public async Task GetExecutionAsync_Answer_HasTheDashboardsIds()
    {
        var answer = await _both.GetExecutionAsync("us~e1");

        Assert.Equal(("us~e1", "us~j", "us~n"), (answer.Value!.Value.Id, answer.Value.Value.JobId, answer.Value.Value.NodeId));
    }

    [Fact]
    public async Task GetNodeMetricAsync_BothAnswer_HasTheNodesOfBoth()
    {
        foreach (var server in new[] { _eu, _us }) server.Metrics = _ => new Dictionary<string, IReadOnlyList<MetricPoint>> { ["n"] = [] };
        var answer = await _both.GetNodeMetricAsync(NodeMetric.Cpu, default, default, TimeSpan.FromSeconds(1));
        Assert.Equal(["eu~n", "us~n"], answer.Value!.ByNode.Keys.Order());

        _eu.Fault = (_, _) => TestControlPlane.Broken;
        Assert.Equal(["us~n"], (await _both.GetNodeMetricAsync(NodeMetric.Cpu, default, default, TimeSpan.FromSeconds(1))).Value!.ByNode.Keys);
        _us.Fault = (_, _) => TestControlPlane.Broken;
        Assert.False((await _both.GetNodeMetricAsync(NodeMetric.Cpu, default, default, TimeSpan.FromSeconds(1))).Succeeded);
    }

    [Fact]
    public void Capabilities_OfAPlane_AreItsOwn()
    {
        _us.Capabilities.Learn(ControlPlaneCommand.StopExecution, Offer.NotOffered);

        Assert.Equal(Offer.NotOffered, _both.CapabilitiesOf("us~e1")[ControlPlaneCommand.StopExecution]);
        Assert.Equal(Offer.Unknown, _both.CapabilitiesOf("eu~e1")[ControlPlaneCommand.StopExecution]);
        Assert.Equal(Offer.Unknown, _both.Capabilities[ControlPlaneCommand.StopExecution]);
        _eu.Capabilities.Learn(ControlPlaneCommand.StopExecution, Offer.NotOffered);
        Assert.Equal(Offer.NotOffered, _both.Capabilities[ControlPlaneCommand.StopExecution]);
    }
}
