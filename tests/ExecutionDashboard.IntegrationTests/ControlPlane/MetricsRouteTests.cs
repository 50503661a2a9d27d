using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.IntegrationTests.ControlPlane;

/// <summary>Servers without statistics or resource usage.</summary>
public class MetricsRouteTests
{
    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Routes_TheServerLacks_AreNotOffered_AndUseIsNotAskedForAgainAtOnce(int status)
    {
        await using var server = await ServerUnderTest.StartAsync("""{"message":"no such page"}""", status);
        var client = server.Client();
        Assert.Equal(ControlPlaneError.NotOffered, (await client.GetNodeStatsAsync()).Failure?.Error);
        for (var i = 0; i < 3; i++)
            Assert.Equal(ControlPlaneError.NotOffered, (await client.GetNodeMetricAsync(NodeMetric.Cpu, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TimeSpan.Zero)).Failure?.Error);
        Assert.Equal(["/api/v1/nodes/-/stats", "/api/v1/metrics/query_range?query=process_cpu_utilization_ratio&start=0&end=0&step=1"], server.Requests.Select(r => r.Target));
    }
}
