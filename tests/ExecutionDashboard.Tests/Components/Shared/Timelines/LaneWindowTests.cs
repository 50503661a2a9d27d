using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;
using Microsoft.Extensions.Time.Testing;
using static ExecutionDashboard.Tests.Components.Shared.Timelines.LaneMaker;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class LaneWindowTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(PageRig.Start);
    private readonly LiveSignals _signals;
    private readonly Replica _replica;
    private readonly List<(IReadOnlyList<string> Nodes, DateTimeOffset From, DateTimeOffset To)> _asked = [];
    private readonly LaneWindow _window;
    private Func<IReadOnlyList<string>, FleetTimeline?> _answer = nodes => Answer(1, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("running", -30))))]);
    private long _sequence = 1;

    public LaneWindowTests()
    {
        _signals = new LiveSignals(_time);
        _replica = new Replica(_signals, _time);
        Assert.True(_replica.Apply(new FeedBatch { Reset = true, Previous = 1, Sequence = 1, Status = PageRig.Good, Changes = [.. Enumerable.Range(0, 1_000).SelectMany(i => new[] { FleetChange.Of(new Node { Id = $"n{i:d4}", Connection = "connected" }), PageRig.Execution($"n{i:d4}-a", node: $"n{i:d4}") })] }));
        _window = new LaneWindow(_replica, _time, new WorstStates(_replica, _time), (nodes, from, to, _) =>
        {
            _asked.Add((nodes, from, to));
            return Task.FromResult(_answer(nodes) is { } timeline ? (timeline with { From = from, To = to }, null) : ((FleetTimeline?)null, (string?)"no feed"));
        });
        _window.Show(LaneOrder.Of(_replica.Store, ExecutionQuery.All, "", LaneSort.Name, new Dictionary<string, int>()), ExecutionQuery.All);
        _window.See(100, 119, At(-60), At(0));
    }

    [Theory]
    [InlineData(0, int.MaxValue)]
    [InlineData(int.MinValue, int.MaxValue)]
    [InlineData(int.MaxValue, int.MinValue)]
    [InlineData(-5, -9)]
    public void See_RowsThatNoScreenHas_AreBounded(int first, int last)
    {
        _window.Show([.. Enumerable.Range(0, 5_000).Select(i => new LaneRow($"n{i % 1_000:d4}"))], ExecutionQuery.All);

        _window.See(first, last, DateTimeOffset.MinValue, At(0));

        Assert.True(_window.NodesOnScreen.Count <= LaneWindow.MostRows);
        Assert.Equal(At(0) - TimelineRange.Longest, _window.From);
    }

    [Fact]
    public void Heads_WhatIsOnScreen_IsToldOnce()
    {
        var update = _window.Heads()!;

        Assert.Equal(1_000, update.Rows);
        Assert.InRange(update.Heads!.Count / 4, 20, 40);
        Assert.Contains("n0100", update.Words!);
        Assert.Null(_window.Heads());
    }

    [Fact]
    public async Task LoadAsync_OfAThousandLanes_AsksForThoseOnScreenOnly()
    {
        var update = await _window.LoadAsync(default);

        var (nodes, from, to) = Assert.Single(_asked);
        Assert.InRange(nodes.Count, 20, 40);
        Assert.Contains("n0100", nodes);
        Assert.Equal((At(-90), At(0)), (from, to));
        Assert.Equal(nodes.Count, update!.Lanes!.Count);
        Assert.True(_window.IsComplete);
        Assert.Null(await _window.LoadAsync(default));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task LoadAsync_RangeWithinWhatIsHeld_AsksNothing()
    {
        await _window.LoadAsync(default);
        _window.See(100, 119, At(-80), At(-20));
        await _window.LoadAsync(default);
        Assert.Single(_asked);

        _window.See(100, 119, At(-200), At(-140));
        await _window.LoadAsync(default);
        Assert.Equal((At(-230), At(-110)), (_asked[1].From, _asked[1].To));
    }

    [Fact]
    public async Task Follow_ChangeOfALaneOnScreen_IsAPatch_OneOffScreenIsNothing()
    {
        await _window.LoadAsync(default);
        Changed("n0500-a", "n0500");
        Assert.Null(_window.Follow());

        Changed("n0105-a", "n0105");
        var patch = Assert.Single(_window.Follow()!.Patches!);

        Assert.Equal(["n0105-a", ""], patch.Ids);
        Assert.Equal(2, patch.Bars[5]);
        Assert.Null(patch.Link);
        Assert.Null(_window.Follow());
    }

    [Fact]
    public async Task Follow_ConnectionLost_PatchesTheGround()
    {
        await _window.LoadAsync(default);
        Follow(FleetChange.Of(new Node { Id = "n0110", Connection = "lost", UpdatedAt = At(1) }));

        var patch = Assert.Single(_window.Follow()!.Patches!);
        Assert.Equal(4, patch.Link!.Count);
        Assert.Empty(patch.Ids);
    }

    [Fact]
    public async Task LoadAsync_ChangeThatTheAnswerDoesNotHold_IsAddedToIt()
    {
        Changed("n0105-a", "n0105");
        Changed("n0106-a", "n0106");
        _answer = nodes => Answer(2, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("running", -30))))]);
        _ = _window.Follow();

        await _window.LoadAsync(default);

        Assert.Single(_window.OnScreen.Single(l => l.NodeId == "n0105").Bars[0].Spans);
        Assert.Equal(2, _window.OnScreen.Single(l => l.NodeId == "n0106").Bars[0].Spans.Count);
    }

    [Fact]
    public async Task Follow_RestartLoopOfThousands_PatchesStayBounded_AndTheLaneIsAskedForAgain()
    {
        await _window.LoadAsync(default);
        var patched = 0;
        for (var i = 0; i < 6; i++)
        {
            Follow([.. Enumerable.Range(0, 1_000).Select(e => PageRig.Execution($"loop-{i}-{e}", KnownExecutionState.Failed, node: "n0105"))]);
            patched += _window.Follow()?.Patches!.Sum(p => p.Ids.Count / 2) ?? 0;
        }

        Assert.Equal(2 * Lane.MostBars - 1, patched);
        Assert.False(_window.IsComplete);
        _answer = nodes => Answer(_sequence, [.. nodes.Select(n => Node(n))]);
        await _window.LoadAsync(default);
        Assert.Equal(["n0105"], _asked[^1].Nodes);
        Assert.True(_window.IsComplete);
    }

    [Fact]
    public async Task Follow_AfterAGap_AsksAgain()
    {
        await _window.LoadAsync(default);
        Assert.True(_replica.Apply(new FeedBatch { Reset = true, Previous = 50, Sequence = 50, Changes = [PageRig.Execution("x")] }));

        Assert.Null(_window.Follow());
        Assert.False(_window.IsComplete);
        await _window.LoadAsync(default);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task LoadAsync_FeedFails_SaysWhyAndKeepsWhatIsThere()
    {
        await _window.LoadAsync(default);
        _answer = _ => null;
        _window.See(100, 130, At(-60), At(0));
        Assert.Null(await _window.LoadAsync(default));

        Assert.Equal("no feed", _window.Problem);
        Assert.NotEmpty(_window.OnScreen);
        _answer = nodes => Answer(1, [.. nodes.Select(n => Node(n))]);
        await _window.LoadAsync(default);
        Assert.Null(_window.Problem);
    }

    [Fact]
    public async Task LoadAsync_AnswerWithoutTheLanesOrForAnotherRange_IsNotAskedForAgain()
    {
        _answer = _ => Answer(1);
        await _window.LoadAsync(default);

        Assert.True(_window.IsComplete);
        Assert.All(_window.OnScreen, l => Assert.Empty(l.Bars));
    }

    [Fact]
    public async Task LoadAsync_FeedStillAsksTheServer_IsAskedAgainAfterAPause_UntilItIsDone()
    {
        var whole = _answer;
        _answer = nodes => whole(nodes)! with { IsFilling = true };
        await _window.LoadAsync(default);
        Assert.True(_window.IsComplete);
        Assert.True(_window.IsFilling);

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(_window.IsComplete);
        _answer = nodes => Answer(1, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("pending", -50, -30), Span("running", -30))))]);
        await _window.LoadAsync(default);

        Assert.Equal(2, _asked.Count);
        Assert.All(_window.OnScreen, l => Assert.Equal(2, l.Bars[0].Spans.Count));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(_window.IsComplete);
        Assert.False(_window.IsFilling);
    }

    [Fact]
    public async Task LoadAsync_NobodyWatchedForAWhile_TellsWhen_AndAskAgainAsksForAllAnew()
    {
        _answer = nodes => Answer(1, [.. nodes.Select(n => Node(n))]) with { Gaps = [new WatchGap(At(-20), At(-15))] };
        var first = await _window.LoadAsync(default);
        Assert.True(_window.IsComplete);
        _answer = nodes => Answer(1, [.. nodes.Select(n => Node(n))]) with { Gaps = [new WatchGap(At(-10), At(-5))] };

        _window.AskAgain();
        var second = await _window.LoadAsync(default);

        Assert.Equal([TimelineWriter.Time(At(-20)), TimelineWriter.Time(At(-15))], first!.Gaps);
        Assert.Equal([.. first.Gaps!, TimelineWriter.Time(At(-10)), TimelineWriter.Time(At(-5))], second!.Gaps);
        Assert.Equal(2, _asked.Count);
        Assert.True(_window.IsComplete);
    }

    [Fact]
    public async Task Show_AnotherFilter_DimsWhatDoesNotMatch_AStateByAllThatIsShownOfABar()
    {
        _answer = nodes => Answer(1, [.. nodes.Select(n => Node(n, Bar($"{n}-a", "job-1", "", Span("failed", -30, -20), Span("running", -20)), Bar("vanished", "job-1", "", Span("running", -40), Span("", -35))))]);
        await _window.LoadAsync(default);
        var rows = LaneOrder.Of(_replica.Store, ExecutionQuery.All, "", LaneSort.Name, new Dictionary<string, int>());

        _window.Show(rows, new ExecutionQuery { States = [ExecutionState.Of(KnownExecutionState.Failed)] });
        var update = _window.Heads()!;

        Assert.All(_window.OnScreen, l => Assert.Equal([true, false], l.Bars.Select(b => b.IsDimmed)));
        Assert.All(update.Patches!, p => Assert.Equal("vanished", p.Ids[0]));
        _window.Show(rows, ExecutionQuery.All);
        _window.Heads();
        Assert.All(_window.OnScreen, l => Assert.All(l.Bars, b => Assert.False(b.IsDimmed)));
    }

    [Fact]
    public async Task LoadAsync_ScrolledFar_GivesUpLanesFarOffScreen()
    {
        var dropped = 0;
        for (var first = 0; first < 900; first += 30)
        {
            _window.See(first, first + 29, At(-60), At(0));
            dropped += (await _window.LoadAsync(default))?.Drop?.Count ?? 0;
        }

        Assert.InRange(dropped, 1, 900);
        _window.See(0, 29, At(-60), At(0));
        await _window.LoadAsync(default);
        Assert.True(_window.IsComplete);
    }

    [Fact]
    public async Task Heads_FoldedGroup_SaysHowItsNodesStand_AndIsNotAskedFor()
    {
        Grouped(FoldedGroups.None.Toggle("connected"));
        var update = _window.Heads()!;
        await _window.LoadAsync(default);

        var group = Assert.Single(update.Groups!);
        Assert.True(group.Folded);
        Assert.Equal([("running", 1_000)], Counts(group, update));
        Assert.Equal((1, 1_000), (update.Rows, update.Heads![3]));
        Assert.Empty(_asked);
    }

    [Fact]
    public void Standings_NodesMoved_AreToldEveryFewSecondsAtMost()
    {
        Grouped(FoldedGroups.All);
        var words = _window.Heads()!;
        Assert.Null(_window.Standings());
        Changed("n0105-a", "n0105");
        Assert.Null(_window.Standings());

        _time.Advance(TimeSpan.FromSeconds(4));
        var update = _window.Standings()!;
        Assert.Equal([("degraded", 1), ("running", 999)], Counts(Assert.Single(update.Groups!), words, update));
        _time.Advance(TimeSpan.FromSeconds(4));
        Changed("n0105-a", "n0105");
        Assert.Null(_window.Standings());
    }

    [Fact]
    public async Task OverviewAsync_AsksForALongerTime()
    {
        Assert.NotNull((await _window.OverviewAsync(default))!.Overview);
        Assert.True(_asked[0].To - _asked[0].From >= TimeSpan.FromHours(4));
    }

    private void Grouped(FoldedGroups folded)
    {
        _window.Show(LaneOrder.Folded(LaneOrder.Of(_replica.Store, ExecutionQuery.All, LaneOrder.ByConnection, LaneSort.Name, new Dictionary<string, int>()), folded), ExecutionQuery.All);
        _window.See(0, 19, At(-60), At(0));
    }

    private static IEnumerable<(string, int)> Counts(GroupWire group, params TimelineUpdate[] told)
    {
        string[] words = [.. told.SelectMany(u => u.Words ?? [])];
        return group.States.Chunk(2).Select(s => (words[s[0]], s[1]));
    }

    private void Changed(string id, string node) => Follow(FleetChange.Of(PageRig.Execution(id, KnownExecutionState.Degraded, node: node).Execution! with { UpdatedAt = At(1), Revision = _sequence + 1 }));

    private void Follow(params FleetChange[] changes) => Assert.True(_replica.Apply(new FeedBatch { Previous = _sequence, Sequence = ++_sequence, Changes = changes }));

    public void Dispose() => _signals.Dispose();
}
