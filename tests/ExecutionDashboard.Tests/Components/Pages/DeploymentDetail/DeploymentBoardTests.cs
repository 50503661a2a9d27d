using Bunit;
using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.DeploymentDetail;

/// <summary>What is computed and rendered when a deployment changes, and when it does not.</summary>
public sealed class DeploymentBoardTests
{
    private const int Nodes = 100;

    [Fact]
    public async Task Of_AnotherDeploymentChanges_IsTheSameView()
    {
        await using var rig = Rig();
        var view = View(rig);

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Follow(null, PageRig.Execution("other", KnownExecutionState.Failed, deployment: "another"));

        Assert.Same(view, View(rig));
    }

    [Fact]
    public async Task Of_OneExecutionChanges_KeepsTheRunsOfTheOthers()
    {
        await using var rig = Rig();
        var before = View(rig).Blocks;

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Follow(null, One(50, KnownExecutionState.Failed));

        var after = View(rig).Blocks;
        Assert.Equal(before.Count, after.Count);
        Assert.Single(Enumerable.Range(0, before.Count), i => !ReferenceEquals(before[i], after[i]));
        Assert.Equal(Nodes, after.Sum(run => run.Count));
    }

    [Fact]
    public async Task Of_EachSecond_MakesOneJudgementAnew()
    {
        await using var rig = Rig();
        rig.Follow(null, One(50, KnownExecutionState.Failed));
        View(rig);

        // Four seconds later each of the four was made once.
        for (var i = 0; i < DeploymentView.Judgements; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1.1));
            rig.Follow(null, One(51 + i, KnownExecutionState.Failed));
            View(rig);
        }

        Assert.Equal(4, Assert.Single(View(rig).Failures).Count);
    }

    [Fact]
    public async Task Board_OneExecutionFails_DrawsItsRunAlone()
    {
        await using var rig = Rig();
        var board = rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "dep"));
        var runs = board.FindComponents<BlockRun>().Select(run => (Run: run, run.RenderCount)).ToList();
        Assert.Equal((Nodes + 29) / 30, runs.Count);

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Follow(null, One(50, KnownExecutionState.Failed));
        // What comes right after a signal is told at the end of the interval.
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        board.WaitForAssertion(() => Assert.Single(board.FindAll(".blocks .st-failed")));
        // A part is counted as drawn a moment after the page has it.
        board.WaitForAssertion(() => Assert.Single(runs, run => run.Run.RenderCount > run.RenderCount));
    }

    [Fact]
    public async Task Board_ItsJobIsStopped_SwitchesTheCommandOff()
    {
        await using var rig = Rig();
        rig.Follow(null, FleetChange.Of(new Job { Id = "job-1", Name = "ingest", Version = 1, State = "running" }));
        var board = rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "dep"));
        Assert.False(Stop(board).HasAttribute("disabled"));

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Follow(null, FleetChange.Of(new Job { Id = "job-1", Name = "ingest", Version = 1, State = "stopped" }));
        // What comes right after a signal is told at the end of the interval.
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        board.WaitForAssertion(() => Assert.True(Stop(board).HasAttribute("disabled")));
    }

    [Fact]
    public async Task Board_ANodeGetsItsName_NamesItInItsBlock()
    {
        await using var rig = Rig();
        var board = rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "dep"));

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Follow(null, FleetChange.Of(new Node { Id = "node-7", Name = "edge-seven", Connection = "connected" }));
        // What comes right after a signal is told at the end of the interval.
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        board.WaitForAssertion(() => Assert.NotEmpty(board.FindAll(".blocks a[title^='edge-seven']")));
    }

    [Fact]
    public async Task Board_NothingChanges_FollowsTheClock()
    {
        await using var rig = Rig();
        rig.Follow(null, Waiting(deadline: PageRig.Start.AddMinutes(-3)));
        var board = rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "dep"));
        Assert.Contains("deadline passed 3 min ago", board.Find(".sentence").TextContent, StringComparison.Ordinal);

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        board.WaitForAssertion(() => Assert.Contains("deadline passed 3 min 10 s ago", board.Find(".sentence").TextContent, StringComparison.Ordinal));
        rig.Time.Advance(TimeSpan.FromSeconds(10));

        board.WaitForAssertion(() => Assert.Contains("deadline passed 3 min 20 s ago", board.Find(".sentence").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Board_NothingChangesForLong_TheEstimateGivesWayToAStandstill()
    {
        await using var rig = Rig();
        rig.Follow(null, Waiting(deadline: null));
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        var board = rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "dep"));
        Assert.Contains("Ends ", board.Markup, StringComparison.Ordinal);

        for (var i = 0; i < 18; i++) rig.Time.Advance(LiveSignals.ClockPace);

        board.WaitForAssertion(() => Assert.Contains("No estimate: nothing finished for 4 min", board.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_ClockMovesForManyViewers_IsWorkedOutOnce()
    {
        await using var rig = Rig();
        rig.Follow(null, Waiting(deadline: PageRig.Start.AddMinutes(-3)));
        var boards = Enumerable.Range(0, 3).Select(_ => rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "dep"))).ToList();

        rig.Time.Advance(LiveSignals.ClockPace);

        foreach (var board in boards) board.WaitForAssertion(() => Assert.Contains("3 min 10 s", board.Find(".sentence").TextContent, StringComparison.Ordinal));
        Assert.Same(View(rig), View(rig));
    }

    [Fact]
    public async Task Board_Finished_CountsDownNoDeadline()
    {
        await using var rig = Rig();
        rig.Follow(null, FleetChange.Of(new Deployment { Id = "dep", JobId = "job-1", State = "completed", CompletedAt = PageRig.Start.AddMinutes(-8), HealthDeadline = PageRig.Start.AddMinutes(4), ToVersion = 1, TotalNodes = Nodes }));
        var board = rig.Render<DeploymentBoard>(b => b.Add(p => p.Id, "dep"));

        Assert.Contains("none active", board.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("mode=\"left\"", board.Markup, StringComparison.Ordinal);
    }

    private static FleetChange Waiting(DateTimeOffset? deadline) => FleetChange.Of(new Deployment
    {
        Id = "dep", JobId = "job-1", State = "in_progress", ToVersion = 1, TotalNodes = Nodes + 20, CreatedAt = PageRig.Start.AddMinutes(-1), HealthDeadline = deadline,
    });

    private static AngleSharp.Dom.IElement Stop(IRenderedComponent<DeploymentBoard> board) => board.FindAll("button").Single(b => b.TextContent.StartsWith("Stop job", StringComparison.Ordinal));

    private static PageRig Rig()
    {
        var rig = new PageRig();
        rig.Load(PageRig.Good, [FleetChange.Of(PageRig.Spec), FleetChange.Of(new Deployment { Id = "dep", JobId = "job-1", State = "in_progress", ToVersion = 1, TotalNodes = Nodes }), .. Enumerable.Range(0, Nodes).Select(i => One(i))]);
        return rig;
    }

    private static FleetChange One(int i, KnownExecutionState state = KnownExecutionState.Running) => PageRig.Execution($"exec-{i:d4}", state, "dep", $"node-{i}");

    private static DeploymentView View(PageRig rig) => rig.Services.GetRequiredService<DeploymentViews>().Of("dep")!;
}
