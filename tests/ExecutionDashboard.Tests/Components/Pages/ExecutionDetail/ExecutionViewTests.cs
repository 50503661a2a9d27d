using Bunit;
using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.Tests.Components.Pages.ExecutionDetail;

/// <summary>The page of one execution while the fleet changes.</summary>
public sealed class ExecutionViewTests
{
    [Fact]
    public async Task UnknownId_FleetMoves_SaysSoUntilItComes()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("other"));
        var page = rig.Render<ExecutionView>(v => v.Add(p => p.Id, "late").Add(p => p.LinkTo, ExecutionView.Address));

        for (var i = 0; i < 3; i++)
        {
            rig.Follow(null, PageRig.Execution("other", i % 2 == 0 ? KnownExecutionState.Failed : KnownExecutionState.Running));
            rig.Time.Advance(LiveSignals.Interval);
            page.WaitForAssertion(() => Assert.Contains("Execution not found", page.Markup, StringComparison.Ordinal));
        }
        rig.Follow(null, PageRig.Execution("late", KnownExecutionState.Degraded));
        rig.Time.Advance(LiveSignals.Interval);

        page.WaitForAssertion(() => Assert.Equal("degraded", page.Find(".execution-title .state").TextContent));
        Assert.DoesNotContain("Execution not found", page.Markup, StringComparison.Ordinal);
    }
}
