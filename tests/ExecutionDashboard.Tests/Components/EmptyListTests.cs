using Bunit;
using ExecutionDashboard.Components.Shared;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Tests.Components;

/// <summary>A list without rows says why, and the reasons are not mixed up.</summary>
public sealed class EmptyListTests
{
    [Theory]
    [InlineData(FreshnessKind.Connecting, false, "Loading executions")]
    [InlineData(FreshnessKind.Connecting, true, "Loading executions")]
    [InlineData(FreshnessKind.Loading, false, "Loading executions")]
    [InlineData(FreshnessKind.Loading, true, "still loading")]
    [InlineData(FreshnessKind.Live, false, "No executions yet")]
    [InlineData(FreshnessKind.Live, true, "No execution matches")]
    [InlineData(FreshnessKind.Stale, true, "No execution matches")]
    [InlineData(FreshnessKind.Stale, false, "Nothing could be loaded")]
    [InlineData(FreshnessKind.Reconnecting, false, "Nothing could be loaded")]
    public async Task Render_EachReason_HasItsOwnFace(FreshnessKind kind, bool filtered, string said)
    {
        await using var rig = new PageRig();

        var face = rig.Render<EmptyList>(list => list
            .Add(l => l.Freshness, new Freshness { Kind = kind, Problem = "it burns", ControlPlane = "http://control-plane.test" })
            .Add(l => l.Filtered, filtered));

        Assert.Contains(said, face.Markup, StringComparison.Ordinal);
        Assert.Single(new[] { "Loading executions", "No executions yet", "No execution matches", "Nothing could be loaded" }, face.Markup.Contains);
        if (said == "Nothing could be loaded") Assert.Contains("it burns", face.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clear_Clicked_TellsThePage()
    {
        await using var rig = new PageRig();
        var cleared = 0;
        var face = rig.Render<EmptyList>(list => list
            .Add(l => l.Freshness, new Freshness { Kind = FreshnessKind.Live }).Add(l => l.Filtered, true).Add(l => l.OnClear, () => cleared++));

        await face.Find("button").ClickAsync(new());

        Assert.Equal(1, cleared);
    }
}
