using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live;

public sealed class ReplicaTests
{
    private static readonly FeedStatus Good = new() { LogId = "log", LastSuccessAt = DateTimeOffset.UnixEpoch };
    private readonly Replica _replica;

    public ReplicaTests()
    {
        var time = new FakeTimeProvider();
        _replica = new Replica(new LiveSignals(time), time);
    }

    [Fact]
    public void Apply_SnapshotInParts_IsCompleteOnlyAtItsEnd()
    {
        Assert.True(_replica.Apply(Part(7, reset: true, remaining: 1, Execution("a"))));
        Assert.Equal(-1, _replica.Sequence);
        Assert.Equal(FreshnessKind.Loading, _replica.Freshness.Kind);
        Assert.NotNull(_replica.Store.FindExecution("a"));

        Assert.True(_replica.Apply(Part(7, reset: false, remaining: 0, Execution("b"))));

        Assert.Equal(7, _replica.Sequence);
        Assert.Equal(FreshnessKind.Live, _replica.Freshness.Kind);
        Assert.Equal(2, _replica.Store.ExecutionCount);
    }

    [Fact]
    public void Apply_BatchThatFollows_IsApplied()
    {
        Load("a");

        Assert.True(_replica.Apply(new FeedBatch { Previous = 7, Sequence = 9, Changes = [Execution("a", KnownExecutionState.Failed)] }));

        Assert.Equal(9, _replica.Sequence);
        Assert.Equal(KnownExecutionState.Failed, _replica.Store.FindExecution("a")!.Actual.State.Known);
    }

    [Fact]
    public void Apply_Gap_IsRefusedAndChangesNothing()
    {
        Load("a");

        Assert.False(_replica.Apply(new FeedBatch { Previous = 8, Sequence = 9, Changes = [Execution("b")] }));

        Assert.Equal(7, _replica.Sequence);
        Assert.Null(_replica.Store.FindExecution("b"));
    }

    [Fact]
    public void Apply_SecondSnapshot_IsBuiltAsideAndForgetsWhatIsGone()
    {
        Load("a");
        var before = _replica.Store;

        _replica.Apply(Part(20, reset: true, remaining: 1, Execution("b")));
        Assert.Same(before, _replica.Store);
        _replica.Apply(Part(20, reset: false, remaining: 0, Execution("c")));

        Assert.Null(_replica.Store.FindExecution("a"));
        Assert.Equal(2, _replica.Store.ExecutionCount);
    }

    [Fact]
    public void FeedLost_DuringASecondSnapshot_KeepsTheLastGoodData()
    {
        Load("a");
        _replica.Apply(Part(20, reset: true, remaining: 5, Execution("b")));

        _replica.FeedLost("refused");

        Assert.Equal(FreshnessKind.Reconnecting, _replica.Freshness.Kind);
        Assert.NotNull(_replica.Store.FindExecution("a"));
        Assert.Equal(7, _replica.Sequence);
        Assert.True(_replica.Apply(new FeedBatch { Previous = 7, Sequence = 8, Changes = [Execution("d")], Status = Good }));
        Assert.Equal(FreshnessKind.Live, _replica.Freshness.Kind);
    }

    [Fact]
    public void Apply_BlindFeed_IsStaleSinceThen()
    {
        Load("a");
        var since = DateTimeOffset.UnixEpoch.AddMinutes(5);

        _replica.Apply(new FeedBatch { Previous = 7, Sequence = 7, Status = Good with { BlindSince = since, Problem = "refused" } });

        Assert.Equal((FreshnessKind.Stale, since, "refused"), (_replica.Freshness.Kind, _replica.Freshness.Since!.Value, _replica.Freshness.Problem));
    }

    [Fact]
    public void Apply_FeedThatWasStartedAgain_IsConfirmingAsOfThen()
    {
        Load("a");

        _replica.Apply(new FeedBatch { Previous = 7, Sequence = 7, Status = Good with { IsConfirming = true } });

        Assert.Equal((FreshnessKind.Confirming, true, Good.LastSuccessAt), (_replica.Freshness.Kind, _replica.Freshness.IsLoaded, _replica.Freshness.AsOf));
    }

    private void Load(string id) => _replica.Apply(Part(7, reset: true, remaining: 0, Execution(id)));

    private static FeedBatch Part(long sequence, bool reset, int remaining, params FleetChange[] changes) =>
        new() { Previous = sequence, Sequence = sequence, Reset = reset, Remaining = remaining, Changes = changes, Status = Good };

    private static FleetChange Execution(string id, KnownExecutionState state = KnownExecutionState.Running) =>
        FleetChange.Of(new Execution { Id = id, Actual = new(ExecutionState.Of(state)), UpdatedAt = DateTimeOffset.UnixEpoch });
}
