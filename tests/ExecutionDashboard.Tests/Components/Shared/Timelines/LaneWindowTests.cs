using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;
using static ExecutionDashboard.Tests.Components.Shared.Timelines.LaneMaker;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class LaneWindowTests : LaneWindowTest
{
    [Theory]
    [InlineData(0, int.MaxValue)]
    [InlineData(int.MinValue, int.MaxValue)]
    [InlineData(int.MaxValue, int.MinValue)]
    [InlineData(-5, -9)]
    public void See_RowsThatNoScreenHas_AreBounded(int first, int last)
    {
        Window.Show([.. Enumerable.Range(0, 5_000).Select(i => new LaneRow($"n{i % 1_000:d4}"))], ExecutionQuery.All);

        Window.See(first, last, DateTimeOffset.MinValue, At(0));

        Assert.True(Window.NodesOnScreen.Count <= LaneWindow.MostRows);
        Assert.Equal(At(0) - TimelineRange.Longest, Window.From);
    }

    [Fact]
    public void Heads_WhatIsOnScreen_IsToldOnce()
    {
        var update = Window.Heads()!;

        Assert.Equal(1_000, update.Rows);
        Assert.InRange(update.Heads!.Count / 4, 20, 40);
        Assert.Contains("n0100", update.Words!);
        Assert.Null(Window.Heads());
    }

    [Fact]
    public async Task LoadAsync_OfAThousandLanes_AsksForThoseOnScreenOnly()
    {
        var update = await Window.LoadAsync(default);

        var (nodes, from, to) = Assert.Single(Asked);
        Assert.InRange(nodes.Count, 20, 40);
        Assert.Contains("n0100", nodes);
        Assert.Equal((At(-90), At(0)), (from, to));
        Assert.Equal(nodes.Count, update!.Lanes!.Count);
        Assert.True(Window.IsComplete);
        Assert.Null(await Window.LoadAsync(default));
        Assert.Single(Asked);
    }

    [Fact]
    public async Task LoadAsync_RangeWithinWhatIsHeld_AsksNothing()
    {
        await Window.LoadAsync(default);
        Window.See(100, 119, At(-80), At(-20));
        await Window.LoadAsync(default);
        Assert.Single(Asked);

        Window.See(100, 119, At(-200), At(-140));
        await Window.LoadAsync(default);
        Assert.Equal((At(-230), At(-110)), (Asked[1].From, Asked[1].To));
    }

    [Fact]
    public async Task Follow_ChangeOfALaneOnScreen_IsAPatch_OneOffScreenIsNothing()
    {
        await Window.LoadAsync(default);
        Changed("n0500-a", "n0500");
        Assert.Null(Window.Follow());

        Changed("n0105-a", "n0105");
        var patch = Assert.Single(Window.Follow()!.Patches!);

        Assert.Equal(["n0105-a", ""], patch.Ids);
        Assert.Equal(2, patch.Bars[5]);
        Assert.Null(patch.Link);
        Assert.Null(Window.Follow());
    }

    [Fact]
    public async Task Follow_ConnectionLost_PatchesTheGround()
    {
        await Window.LoadAsync(default);
        Follow(FleetChange.Of(new Node { Id = "n0110", Connection = "lost", UpdatedAt = At(1) }));

        var patch = Assert.Single(Window.Follow()!.Patches!);
        Assert.Equal(4, patch.Link!.Count);
        Assert.Empty(patch.Ids);
    }

    [Fact]
    public async Task LoadAsync_ChangeThatTheAnswerDoesNotHold_IsAddedToIt()
    {
        Changed("n0105-a", "n0105");
        Changed("n0106-a", "n0106");
        Reply = nodes => Answer(2, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("running", -30))))]);
        _ = Window.Follow();

        await Window.LoadAsync(default);

        Assert.Single(Window.OnScreen.Single(l => l.NodeId == "n0105").Bars[0].Spans);
        Assert.Equal(2, Window.OnScreen.Single(l => l.NodeId == "n0106").Bars[0].Spans.Count);
    }

    [Fact]
    public async Task Follow_RestartLoopOfThousands_PatchesStayBounded_AndTheLaneIsAskedForAgain()
    {
        await Window.LoadAsync(default);
        var patched = 0;
        for (var i = 0; i < 6; i++)
        {
            Follow([.. Enumerable.Range(0, 1_000).Select(e => PageRig.Execution($"loop-{i}-{e}", KnownExecutionState.Failed, node: "n0105"))]);
            patched += Window.Follow()?.Patches!.Sum(p => p.Ids.Count / 2) ?? 0;
        }

        Assert.Equal(2 * Lane.MostBars - 1, patched);
        Assert.False(Window.IsComplete);
        Reply = nodes => Answer(Sequence, [.. nodes.Select(n => Node(n))]);
        await Window.LoadAsync(default);
        Assert.Equal(["n0105"], Asked[^1].Nodes);
        Assert.True(Window.IsComplete);
    }

    [Fact]
    public async Task Follow_AfterAGap_AsksAgain()
    {
        await Window.LoadAsync(default);
        Assert.True(Replica.Apply(new FeedBatch { Reset = true, Previous = 50, Sequence = 50, Changes = [PageRig.Execution("x")] }));

        Assert.Null(Window.Follow());
        Assert.False(Window.IsComplete);
        await Window.LoadAsync(default);
        Assert.Equal(2, Asked.Count);
    }

    [Fact]
    public async Task LoadAsync_FeedFails_SaysWhyAndKeepsWhatIsThere()
    {
        await Window.LoadAsync(default);
        Reply = _ => null;
        Window.See(100, 130, At(-60), At(0));
        Assert.Null(await Window.LoadAsync(default));

        Assert.Equal("no feed", Window.Problem);
        Assert.NotEmpty(Window.OnScreen);
        Reply = nodes => Answer(1, [.. nodes.Select(n => Node(n))]);
        await Window.LoadAsync(default);
        Assert.Null(Window.Problem);
    }

    [Fact]
    public async Task LoadAsync_AnswerWithoutTheLanesOrForAnotherRange_IsNotAskedForAgain()
    {
        Reply = _ => Answer(1);
        await Window.LoadAsync(default);

        Assert.True(Window.IsComplete);
        Assert.All(Window.OnScreen, l => Assert.Empty(l.Bars));
    }

    [Fact]
    public async Task LoadAsync_FeedStillAsksTheServer_IsAskedAgainAfterAPause_UntilItIsDone()
    {
        var whole = Reply;
        Reply = nodes => whole(nodes)! with { IsFilling = true };
        await Window.LoadAsync(default);
        Assert.True(Window.IsComplete);
        Assert.True(Window.IsFilling);

        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(Window.IsComplete);
        Reply = nodes => Answer(1, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("pending", -50, -30), Span("running", -30))))]);
        await Window.LoadAsync(default);

        Assert.Equal(2, Asked.Count);
        Assert.All(Window.OnScreen, l => Assert.Equal(2, l.Bars[0].Spans.Count));
        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(Window.IsComplete);
        Assert.False(Window.IsFilling);
    }

    [Fact]
    public async Task LoadAsync_NobodyWatchedForAWhile_TellsWhen_AndAskAgainAsksForAllAnew()
    {
        Reply = nodes => Answer(1, [.. nodes.Select(n => Node(n))]) with { Gaps = [new WatchGap(At(-20), At(-15))] };
        var first = await Window.LoadAsync(default);
        Assert.True(Window.IsComplete);
        Reply = nodes => Answer(1, [.. nodes.Select(n => Node(n))]) with { Gaps = [new WatchGap(At(-10), At(-5))] };

        Window.AskAgain();
        var second = await Window.LoadAsync(default);

        Assert.Equal([TimelineWriter.Time(At(-20)), TimelineWriter.Time(At(-15))], first!.Gaps);
        Assert.Equal([.. first.Gaps!, TimelineWriter.Time(At(-10)), TimelineWriter.Time(At(-5))], second!.Gaps);
        Assert.Equal(2, Asked.Count);
        Assert.True(Window.IsComplete);
    }

    [Fact]
    public async Task Show_AnotherFilter_DimsWhatDoesNotMatch_AStateByAllThatIsShownOfABar()
    {
        Reply = nodes => Answer(1, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("failed", -30, -20), Span("running", -20)), Bar("vanished", "job-1", "", Span("running", -40), Span("", -35))))]);
        await Window.LoadAsync(default);
        var rows = LaneOrder.Of(Replica.Store, ExecutionQuery.All, "", LaneSort.Name, new Dictionary<string, int>());

        Window.Show(rows, new ExecutionQuery { States = [ExecutionState.Of(KnownExecutionState.Failed)] });
        var update = Window.Heads()!;

        Assert.All(Window.OnScreen, l => Assert.Equal([true, false], l.Bars.Select(b => b.IsDimmed)));
        Assert.All(update.Patches!, p => Assert.Equal("vanished", p.Ids[0]));
        Window.Show(rows, ExecutionQuery.All);
        Window.Heads();
        Assert.All(Window.OnScreen, l => Assert.All(l.Bars, b => Assert.False(b.IsDimmed)));
    }

    [Fact]
    public async Task LoadAsync_ScrolledFar_GivesUpLanesFarOffScreen()
    {
        var dropped = 0;
        for (var first = 0; first < 900; first += 30)
        {
            Window.See(first, first + 29, At(-60), At(0));
            dropped += (await Window.LoadAsync(default))?.Drop?.Count ?? 0;
        }

        Assert.InRange(dropped, 1, 900);
        Window.See(0, 29, At(-60), At(0));
        await Window.LoadAsync(default);
        Assert.True(Window.IsComplete);
    }

    [Fact]
    public async Task OverviewAsync_AsksForALongerTime()
    {
        Assert.NotNull((await Window.OverviewAsync(default))!.Overview);
        Assert.True(Asked[0].To - Asked[0].From >= TimeSpan.FromHours(4));
    }
}
