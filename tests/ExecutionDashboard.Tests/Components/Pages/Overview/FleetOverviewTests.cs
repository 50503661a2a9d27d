using Bunit;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Overview;

/// <summary>The overview is computed once for all viewers, and never older than the last signal.</summary>
public sealed class FleetOverviewTests
{
    [Fact]
    public async Task Fleet_NothingChanged_IsTheSameObjectForAll()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("exec-1", KnownExecutionState.Failed));
        var overviews = rig.Services.GetRequiredService<FleetOverviews>();

        Assert.Same(overviews.Fleet, overviews.Fleet);
        Assert.Same(overviews.Changes, overviews.Changes);
    }

    [Fact]
    public async Task Page_ChangesWithinOneInterval_ShowsTheLast()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("exec-1", KnownExecutionState.Running));
        var page = rig.Render<OverviewPage>();
        rig.Time.Advance(LiveSignals.Interval);
        foreach (var state in new[] { KnownExecutionState.Starting, KnownExecutionState.Degraded, KnownExecutionState.Failed })
            rig.Follow(null, PageRig.Execution("exec-1", state));

        rig.Time.Advance(LiveSignals.Interval);

        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".count-tile.st-failed strong").TextContent));
        Assert.Contains("zero", page.Find(".count-tile.st-starting").ClassList);
    }

    [Fact]
    public async Task Page_NewSnapshot_ShowsIt()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("exec-1", KnownExecutionState.Failed));
        var page = rig.Render<OverviewPage>();

        rig.Load(PageRig.Good, PageRig.Execution("exec-2", KnownExecutionState.Running), PageRig.Execution("exec-3", KnownExecutionState.Running, node: "node-2"));
        rig.Time.Advance(LiveSignals.Interval);

        page.WaitForAssertion(() => Assert.Equal("2", page.Find(".count-tile.st-running strong").TextContent));
        Assert.Equal("0", page.Find(".count-tile.st-failed strong").TextContent);
    }

    [Fact]
    public async Task Page_NothingChanges_ForgetsTheChangesOfTheLastMinute()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, PageRig.Execution("exec-1", KnownExecutionState.Running));
        rig.Follow(null, PageRig.Execution("exec-1", KnownExecutionState.Failed));
        var page = rig.Render<OverviewPage>();
        Assert.Equal("1", page.Find("#rate .more strong").TextContent);

        for (var i = 0; i < 8; i++) rig.Time.Advance(LiveSignals.ClockPace);

        page.WaitForAssertion(() => Assert.Equal("0", page.Find("#rate .more strong").TextContent));
    }

    [Fact]
    public async Task Page_NamesWithMarkup_AreText()
    {
        await using var rig = new PageRig();
        rig.Load(
            PageRig.Good, PageRig.Execution("exec-1", KnownExecutionState.Failed), FleetChange.Of(new Job { Id = "job-1", Name = "<b>\"ingest\"</b>", Version = 1 }),
            FleetChange.Of(new Deployment { Id = "deployment-1", JobId = "job-1", State = "in_progress", FromVersion = 0, ToVersion = 1, TotalNodes = 3 }));
        var page = rig.Render<OverviewPage>();

        Assert.Equal("<b>\"ingest\"</b>", page.Find(".deployments .name").TextContent);
        Assert.Contains("not placed", page.Find(".deployments .bar").GetAttribute("aria-label"), StringComparison.Ordinal);
    }
}
