using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Chains;

namespace ExecutionDashboard.Tests.Fleet.Chains;

public sealed class ExecutionChainTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static Execution Link(int number, int minute, string spec = "s", string? previous = null, string? next = null, KnownExecutionState state = KnownExecutionState.Failed) => new()
    {
        Id = $"e{number}", JobId = "j", NodeId = "n", JobVersion = 1, SpecHash = spec, PreviousId = previous ?? (number > 1 ? $"e{number - 1}" : ""), NextId = next ?? $"e{number + 1}",
        CreatedAt = Start.AddMinutes(minute), UpdatedAt = Start.AddMinutes(minute + 1), Actual = new(ExecutionState.Of(state)),
    };

    [Fact]
    public void Of_SpecsAndTimes_SaysWhatChangedAndHowLongEachLived()
    {
        var chain = ExecutionChain.Of([Link(1, 0), Link(2, 5), Link(3, 9, "t", state: KnownExecutionState.Stopping), Link(4, 12, "", next: "", state: KnownExecutionState.Running)], "e2");
        Assert.Equal([ChainStep.First, ChainStep.Same, ChainStep.Differs, ChainStep.Same], chain.Links.Select(l => l.Step));
        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), null], chain.Links.Select(l => l.Lived));
        Assert.Equal(("", "", null), (chain.Before, chain.After, chain.Loop));
        Assert.All(chain.Links, l => Assert.Equal("", l.Broken));
    }

    [Fact]
    public void Of_MissingAndLoopingEnds_SaysSo()
    {
        Assert.Contains("e0 is not on the control plane", ExecutionChain.Of([Link(1, 0, previous: "e0", next: "")], "e1").Before, StringComparison.Ordinal);
        Assert.Contains("the chain loops", ExecutionChain.Of([Link(1, 0, previous: "e2"), Link(2, 1, next: "e1")], "e1").After, StringComparison.Ordinal);
        Assert.Contains("goes on with e0", ExecutionChain.Of([Link(1, 0, previous: "e0"), Link(2, 1), Link(3, 2, next: "")], "e3", limit: 2).Before, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LinksThatContradictEachOther_AreBroken()
    {
        Assert.Contains("names e9 as the next", ExecutionChain.Of([Link(1, 0, next: "e9"), Link(2, 1, next: "")], "e2").Links[1].Broken, StringComparison.Ordinal);
        Assert.Contains("names e7 as the one before", ExecutionChain.Of([Link(1, 0), Link(2, 1, previous: "e7", next: "")], "e1").Links[1].Broken, StringComparison.Ordinal);
        Assert.Equal("on another node", ExecutionChain.Of([Link(1, 0), Link(2, 1, next: "") with { NodeId = "m" }], "e1").Links[1].Broken);
    }

    [Fact]
    public void Of_ManyRestartsOfOneSpec_IsALoop()
    {
        var links = Enumerable.Range(1, 6).Select(i => Link(i, i * 2, next: i == 6 ? "" : null)).ToList();
        Assert.Equal(new RestartLoop(6, TimeSpan.FromMinutes(10), true), ExecutionChain.Of(links, "e1").Loop);
        links.Add(Link(7, 60, "t", next: ""));
        Assert.False(ExecutionChain.Of(links, "e1").Loop!.GoesOn);
        Assert.Null(ExecutionChain.Of([.. Enumerable.Range(1, 6).Select(i => Link(i, i * 2, $"s{i}"))], "e1").Loop);
        Assert.Null(ExecutionChain.Of([.. Enumerable.Range(1, 6).Select(i => Link(i, i * 20))], "e1").Loop);
    }
}
