using ExecutionDashboard.Components.Pages.NodeDetail;
using ExecutionDashboard.ControlPlane;

namespace ExecutionDashboard.Tests.Components.Pages.NodeDetail;

public sealed class UsePathTests
{
    private static readonly DateTimeOffset Start = PageRig.Start;

    [Fact]
    public void Of_SteadyPoints_IsOneLine() => Assert.Equal("M0 56L150 29L300 2", Path((0, 0), (30, 0.5), (60, 1)).Line);

    [Fact]
    public void Of_AGap_IsTwoStretches()
    {
        var path = Path((0, 0.5), (1, 0.5), (2, 0.5), (50, 0.5), (51, 0.5));
        Assert.Equal("M0 29L5 29L10 29M250 29L255 29", path.Line);
        Assert.Equal("M0 56L0 29L5 29L10 29L10 56ZM250 56L250 29L255 29L255 56Z", path.Area);
    }

    [Fact]
    public void Of_OddValues_StayInside()
    {
        Assert.Equal("M0 2L300 56", Path((0, 7), (60, -3)).Line);
        Assert.Equal("M0 29", Path((-5, 0.5), (0, 0.5), (61, 1)).Line);
        Assert.Equal(new UsePath("", ""), UsePath.Of([new(Start, 1)], Start, Start, 1));
        Assert.Equal(new UsePath("", ""), UsePath.Of([new(Start, 1)], Start, Start.AddMinutes(1), 0));
    }

    private static UsePath Path(params (int Second, double Value)[] points) =>
        UsePath.Of([.. points.Select(p => new MetricPoint(Start.AddSeconds(p.Second), p.Value))], Start, Start.AddMinutes(1), 1);
}
