using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Tests.Components;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live;

public sealed class ChangeTailTests
{
    private readonly FakeTimeProvider _time = new(PageRig.Start);
    private readonly List<TailChange> _came = [];
    private readonly ChangeTail _tail;

    public ChangeTailTests() => _tail = new ChangeTail(_time);

    [Fact]
    public void Take_AfterSomeCame_GivesThoseSinceThePlace()
    {
        var place = _tail.End;
        _tail.Add(5, [PageRig.Execution("a"), FleetChange.Of(new Job { Id = "job" })]);
        _tail.Add(6, [PageRig.Execution("b")]);

        Assert.True(_tail.Take(ref place, _came));
        Assert.Equal([(5L, "a"), (6L, "b")], _came.Select(c => (c.Sequence, c.Change.Id)));
        Assert.True(_tail.Take(ref place, _came));
        Assert.Equal(2, _came.Count);
    }

    [Fact]
    public void Take_BehindWhatIsKept_IsAGapOnce()
    {
        var place = _tail.End;
        for (var i = 0; i <= ChangeTail.Capacity; i++) _tail.Add(i, [PageRig.Execution($"e{i}")]);

        Assert.False(_tail.Take(ref place, _came));
        Assert.Empty(_came);
        _tail.Add(99_999, [PageRig.Execution("next")]);
        Assert.True(_tail.Take(ref place, _came));
        Assert.Equal("next", Assert.Single(_came).Change.Id);
    }

    [Fact]
    public void Take_AfterASnapshot_IsAGap()
    {
        _tail.Add(5, [PageRig.Execution("a")]);
        var place = _tail.End;
        _tail.Break(9);

        Assert.False(_tail.Take(ref place, _came));
        Assert.True(_tail.Take(ref place, _came));
    }

    [Fact]
    public void TakeAfter_ASequence_GivesWhatFollowsItUpToThePlace()
    {
        _tail.Break(4);
        _tail.Add(5, [PageRig.Execution("a")]);
        _tail.Add(6, [PageRig.Execution("b")]);
        var until = _tail.End;
        _tail.Add(7, [PageRig.Execution("c")]);

        Assert.True(_tail.TakeAfter(5, until, _came));
        Assert.Equal("b", Assert.Single(_came).Change.Id);
        Assert.False(_tail.TakeAfter(3, until, _came));
    }

    [Fact]
    public void CountsByNode_OverTime_ForgetsWhatIsLongAgo()
    {
        _tail.Add(1, [PageRig.Execution("a", node: "n1"), PageRig.Execution("b", node: "n1"), PageRig.Execution("c", node: "")]);
        _time.Advance(TimeSpan.FromMinutes(30));
        _tail.Add(2, [PageRig.Execution("d", node: "n2")]);

        Assert.Equal(2, _tail.CountsByNode()["n1"]);
        _time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal(["n2"], _tail.CountsByNode().Keys);
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Empty(_tail.CountsByNode());
    }
}
