using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Tests.ControlPlane;

/// <summary>Counters and resource use of nodes, as published and as servers may send them instead.</summary>
public class MetricsTests
{
    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(1_791_098_520);

    [Fact]
    public async Task GetNodeStatsAsync_RecordedShape_IsReadInFull()
    {
        var stats = await ContractTests.Value(CannedControlPlane.AnsweringFile("node-stats.json").GetNodeStatsAsync());
        Assert.Equal(4, stats.Total);
        Assert.Equal((3, 1), (stats.ByConnection["connected"], stats.ByConnection["lost"]));
        Assert.Equal((4, 3), (stats.BySystem["linux"], stats.ByArchitecture["amd64"]));
        Assert.Null(stats.Cpu);
    }

    [Fact]
    public async Task GetNodeStatsAsync_ResourcesAndOddValues_AreReadWhereTheyMakeSense()
    {
        var stats = await ContractTests.Value(CannedControlPlane.Answering(
            """{"total_nodes":"7","nodes_by_os":null,"nodes_by_arch":{"arm64":"x"},"resource_stats":{"cpu":{"avg_percent":12.5,"max_percent":"99","min_percent":null},"disk":7}}""").GetNodeStatsAsync());
        Assert.Equal(7, stats.Total);
        Assert.Empty(stats.BySystem);
        Assert.Empty(stats.ByArchitecture);
        Assert.Equal(new UseSpread(12.5, 99, null), stats.Cpu);
        Assert.Null(stats.Disk);
    }

    [Fact]
    public async Task GetNodeMetricAsync_Matrix_IsReadByNode_WithoutWhatIsNoNumber()
    {
        var asked = "";
        var series = await ContractTests.Value(CannedControlPlane.Answering(target => { asked = target; return CannedControlPlane.Fixture("metrics-query-range.json"); })
            .GetNodeMetricAsync(NodeMetric.Cpu, From, From.AddMinutes(30), TimeSpan.FromSeconds(15)));
        Assert.Equal("/metrics/query_range?query=process_cpu_utilization_ratio&start=1791098520&end=1791100320&step=15", asked);
        Assert.Equal([0.42, 0.615, 0.6325], series.ByNode["node-quay-11"].Select(p => p.Value));
        Assert.Equal(From.AddSeconds(45), series.ByNode["node-quay-11"][^1].At);
        Assert.Equal(0.11, Assert.Single(series.ByNode["node-quay-12"]).Value);
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":null}}""")]
    [InlineData("""{"data":{"result":[]}}""")]
    [InlineData("""{"data":{"result":[null,7,{"metric":{},"values":[[1,2]]},{"metric":{"instance":""}}]}}""")]
    public async Task GetNodeMetricAsync_NothingOfUse_IsEmpty(string json) =>
        Assert.Empty((await ContractTests.Value(CannedControlPlane.Answering(json).GetNodeMetricAsync(NodeMetric.Disk, From, From, TimeSpan.Zero))).ByNode);

    [Fact]
    public async Task GetNodeMetricAsync_PointsOutOfOrder_AreSorted()
    {
        var series = await ContractTests.Value(CannedControlPlane.Answering("""{"data":{"result":[{"metric":{"instance":"n"},"values":[[200,"2"],[100,"1"],["x","3"],[300]]}]}}""")
            .GetNodeMetricAsync(NodeMetric.Memory, From, From, TimeSpan.Zero));
        Assert.Equal([1d, 2d], series.ByNode["n"].Select(p => p.Value));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"error":"x"}""")]
    public async Task GetNodeMetricAsync_NoMatrix_Fails(string json) =>
        Assert.Equal(ControlPlaneError.Unexpected, (await CannedControlPlane.Answering(json).GetNodeMetricAsync(NodeMetric.Cpu, From, From, TimeSpan.Zero)).Failure?.Error);
}
