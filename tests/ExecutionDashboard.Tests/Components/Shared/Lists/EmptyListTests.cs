using Bunit;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>An empty list gives its reason.</summary>
public sealed class EmptyListTests
{
    [Theory]
    [InlineData(FreshnessKind.Connecting, false, false, "Loading executions")]
    [InlineData(FreshnessKind.Connecting, false, true, "Loading executions")]
    [InlineData(FreshnessKind.Loading, false, false, "Loading executions")]
    [InlineData(FreshnessKind.Loading, false, true, "Loading executions")]
    [InlineData(FreshnessKind.Live, true, false, "No executions yet")]
    [InlineData(FreshnessKind.Live, true, true, "No executions match these filters")]
    [InlineData(FreshnessKind.Stale, true, true, "No executions match these filters")]
    [InlineData(FreshnessKind.Stale, true, false, "No executions yet")]
    [InlineData(FreshnessKind.Stale, false, false, "Control plane unreachable since")]
    [InlineData(FreshnessKind.Stale, false, true, "Control plane unreachable since")]
    [InlineData(FreshnessKind.Reconnecting, false, false, "Feed unreachable since")]
    [InlineData(FreshnessKind.Reconnecting, false, true, "Feed unreachable since")]
    public async Task Render_EachReason_HasItsOwnFace(FreshnessKind kind, bool loaded, bool filtered, string said)
    {
        await using var rig = new PageRig();

        var face = rig.Render<EmptyList>(list => list
            .Add(l => l.Freshness, new Freshness { Kind = kind, IsLoaded = loaded, Since = PageRig.Start, Problem = "it burns", ControlPlane = "http://control-plane.test" })
            .Add(l => l.Filtered, filtered));

        Assert.Contains(said, face.Markup, StringComparison.Ordinal);
        Assert.Single(new[] { "Loading executions", "No executions yet", "No executions match these filters", "Not loaded." }, face.Markup.Contains);
        if (said.EndsWith("since", StringComparison.Ordinal)) Assert.Contains("it burns", face.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clear_Clicked_TellsThePage()
    {
        await using var rig = new PageRig();
        var cleared = 0;
        var face = rig.Render<EmptyList>(list => list
            .Add(l => l.Freshness, new Freshness { Kind = FreshnessKind.Live, IsLoaded = true }).Add(l => l.Filtered, true).Add(l => l.OnClear, () => cleared++));

        await face.InvokeAsync(() => face.Find("button").ClickAsync(new()));

        Assert.Equal(1, cleared);
    }
}
