using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;
using static ExecutionDashboard.Tests.Components.Shared.Timelines.LaneMaker;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class LaneTests
{
    [Fact]
    public void Of_SpansWithoutOrderAndEndsBeforeStarts_AreSortedAndCut()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", 5, 2), Span("pending", 0, 9), Span("failed", 8)));

        var spans = Assert.Single(lane.Bars).Spans;
        Assert.Equal(["pending", "running", "failed"], spans.Select(s => s.State));
        Assert.Equal([At(5), At(8), null], spans.Select(s => s.To));
        Assert.Equal(At(8), lane.Bars[0].EndedAt);
    }

    [Fact]
    public void Of_LastSpanEndingBeforeItsStart_EndsWhereItStarts()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", 5, 2)));

        Assert.Equal(At(5), lane.Bars[0].Spans[0].To);
    }

    [Fact]
    public void Of_BarWithoutSpans_IsLeftOut() => Assert.Empty(Lane(Bar("a", "job", "")).Bars);

    [Fact]
    public void Of_MoreThanIsDrawn_KeepsTheNewestAndCountsTheRest()
    {
        var bars = Enumerable.Range(0, ExecutionDashboard.Components.Shared.Timelines.Lane.MostBars + 500).Select(i => Bar($"e{i}", "job", "", Span("running", i, i + 1))).ToArray();
        var flapping = Bar("flap", "job", "", [.. Enumerable.Range(0, 100_000).Select(i => Span(i % 2 == 0 ? "running" : "degraded", 5_000 + i / 1e3))]);

        var lane = Lane([.. bars, flapping]);

        Assert.Equal(ExecutionDashboard.Components.Shared.Timelines.Lane.MostBars, lane.Bars.Count);
        Assert.Equal("flap", lane.Bars[^1].ExecutionId);
        Assert.Equal(501 + 100_000 - ExecutionDashboard.Components.Shared.Timelines.Lane.MostSpans, lane.LeftOut);
    }

    [Fact]
    public void Apply_KnownExecutionInAnotherState_CutsItsBar()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", -5)));

        var moved = lane.Apply(Execution("a", KnownExecutionState.Degraded, 2), At(3));

        Assert.Same(lane.Bars[0], moved);
        Assert.Equal([("running", (DateTimeOffset?)At(2)), ("degraded", null)], moved!.Spans.Select(s => (s.State, s.To)));
        Assert.Null(lane.Apply(Execution("a", KnownExecutionState.Degraded, 4), At(4)));
    }

    [Fact]
    public void Apply_TimeBeforeWhatIsThere_DoesNotTakeAwayWhatWas()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", 5)));

        var spans = lane.Apply(Execution("a", KnownExecutionState.Failed, -100), At(6))!.Spans;

        Assert.Equal([At(5), At(5)], spans.Select(s => s.From));
    }

    [Fact]
    public void Apply_NewExecution_StandsOnATrackOfItsOwn()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", -5)));

        var bar = lane.Apply(Execution("b", KnownExecutionState.Pending, 1) with { PreviousId = "a" }, At(1));

        Assert.Equal((1, 2, "a"), (bar!.Track, lane.Tracks, bar.PreviousId));
        Assert.Same(bar, lane.Find("b"));
    }

    [Fact]
    public void Apply_AMillionChangesInAMinute_KeepsTheNewestAndCountsTheRest()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", -5)));

        for (var i = 1; i <= 1_000_000; i++)
            Assert.NotNull(lane.Apply(Execution("a", i % 2 == 0 ? KnownExecutionState.Running : KnownExecutionState.Degraded, i / 1e6), At(1)));

        Assert.Equal(ExecutionDashboard.Components.Shared.Timelines.Lane.MostSpans, lane.Bars[0].Spans.Count);
        Assert.Equal(1_000_001 - ExecutionDashboard.Components.Shared.Timelines.Lane.MostSpans, lane.LeftOut);
        Assert.Equal((At(1), null), (lane.Bars[0].Spans[^1].From, lane.Bars[0].Spans[^1].To));
    }

    [Fact]
    public void Apply_ExecutionsWithoutEnd_AreTakenUntilItIsOverfull()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", -5)));
        var (most, taken) = (2 * ExecutionDashboard.Components.Shared.Timelines.Lane.MostBars, 1);

        for (var i = 1; i < 10_000; i++)
            if (lane.Apply(Execution($"e{i}", KnownExecutionState.Failed, i / 1e4), At(1)) is not null) taken++;

        Assert.Equal((most, most, true), (taken, lane.Bars.Count, lane.IsOverfull));
        Assert.NotNull(lane.Apply(Execution("a", KnownExecutionState.Degraded, 2), At(2)));
    }

    [Fact]
    public void Remove_OneThatIsThere_EndsItsBarOnce()
    {
        var lane = Lane(Bar("a", "job", "", Span("running", -5)));

        Assert.Equal(At(1), lane.Remove("a", At(1))!.EndedAt);
        Assert.Null(lane.Remove("a", At(2)));
        Assert.Null(lane.Remove("nobody", At(2)));
    }

    [Fact]
    public void Apply_Connection_IsFollowed()
    {
        var lane = Lane();

        Assert.False(lane.Apply(new Node { Id = "node-1", Connection = "connected", UpdatedAt = At(1) }, At(1)));
        Assert.True(lane.Apply(new Node { Id = "node-1", Connection = "lost", UpdatedAt = At(2) }, At(2)));
        Assert.Equal(["connected", "lost"], lane.Connection.Select(c => c.State));
    }

    private static Lane Lane(params ExecutionBar[] bars) => ExecutionDashboard.Components.Shared.Timelines.Lane.Of(Node("node-1", bars), Answer(1), isLive: true);

    private static Execution Execution(string id, KnownExecutionState state, double minute) => new()
    {
        Id = id, JobId = "job", NodeId = "node-1", Actual = new(ExecutionState.Of(state)), UpdatedAt = At(minute),
    };
}
