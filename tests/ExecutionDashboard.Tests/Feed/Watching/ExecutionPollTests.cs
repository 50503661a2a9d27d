using CsCheck;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed.Watching;

/// <summary>While somebody looks, the feed asks for a few rows often, and misses nothing by it.</summary>
public sealed class ExecutionPollTests : IDisposable
{
    private readonly FeedRig _feed = new();
    private readonly List<int> _limits = [];

    public ExecutionPollTests() => _feed.Server.OnPage = (request, page) =>
    {
        if (request.OrderBy == "updated_at") _limits.Add(request.Limit);
        return page;
    };

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Look_WatchedAndQuiet_AsksForFewRowsInAll()
    {
        await LoadAsync(1_500);
        await LooksAsync(100);

        // Twenty looks a second for five rows are no more than one a second for a hundred.
        Assert.InRange(_limits.Sum(), 100, 5 * ExecutionPoll.SmallestPage + 300);
        Assert.InRange(_limits.Count(l => l >= ExecutionPoll.SmallestPage), 1, 2);
    }

    [Fact]
    public async Task Look_OneChange_IsKnownWithTheNextShortPage()
    {
        await LoadAsync(1_500);
        await LooksAsync(30);
        _limits.Clear();
        _feed.Server.Put(FeedRig.Execution("e900", "failed", revision: 2, at: 500));

        await LooksAsync(1);

        Assert.Equal([ExecutionPoll.ShortPage], _limits);
        Assert.Equal("failed", _feed.Mirror.Executions.Find("e900")!.Actual.State.Name);
    }

    [Fact]
    public async Task Look_MoreChangesThanAShortPage_StartsAgainWithALongOne()
    {
        await LoadAsync(1_500);
        await LooksAsync(30);
        _limits.Clear();
        for (var i = 0; i < 40; i++) _feed.Server.Put(FeedRig.Execution($"e{i}", "failed", revision: 2, at: 500 + i));

        await LooksAsync(1);

        Assert.Equal([ExecutionPoll.ShortPage, ExecutionPoll.SmallestPage], _limits);
        Assert.Equal(40, _feed.Mirror.Executions.All().Count(k => k.Value.Actual.State.Known == KnownExecutionState.Failed));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(60)]
    public async Task Look_RowsWithOddTimesAtTheTop_DoNotHideAChange(int odd)
    {
        for (var i = 0; i < odd; i++) _feed.Server.Put(FeedRig.Execution($"odd{i}") with { UpdatedAt = FeedRig.Start.AddYears(1) });
        await LoadAsync(500);
        await LooksAsync(30);
        _feed.Server.Put(FeedRig.Execution("e7", "failed", revision: 2, at: 500));

        await LooksAsync(1);

        Assert.Equal("failed", _feed.Mirror.Executions.Find("e7")!.Actual.State.Name);
    }

    [Fact]
    public async Task Look_RowStoredLateUnderKnownOnes_IsFoundWithinAPollInterval()
    {
        await LoadAsync(500);
        await LooksAsync(30);
        for (var i = 0; i < 10; i++) _feed.Server.Put(FeedRig.Execution($"e{i}", "failed", revision: 2, at: 500 + i));
        await LooksAsync(1);
        // Its time is that of before those ten, its commit after them.
        _feed.Server.Put(FeedRig.Execution("e99", "failed", revision: 2, at: 499));

        await LooksAsync(21);

        Assert.Equal("failed", _feed.Mirror.Executions.Find("e99")!.Actual.State.Name);
    }

    [Fact]
    public async Task Look_AnyChanges_AllAreKnownWithinAPollInterval()
    {
        await LoadAsync(300);
        var (at, revision) = (100, 2);
        await Gen.Int[0, 300].List[0, 6].SampleAsync(async bursts =>
        {
            foreach (var burst in bursts)
            {
                // Up to 3 changes in each second, so that many rows have the same time.
                for (var i = 0; i < burst; i++) _feed.Server.Put(FeedRig.Execution($"e{(i * 7 + burst) % 300}", i % 2 == 0 ? "failed" : "running", revision++, at + i / 3));
                at += burst / 3;
                await LooksAsync(1);
            }
            await LooksAsync(21);
            foreach (var (id, execution) in _feed.Server.Executions) Assert.Equal(execution.Revision, _feed.Mirror.Executions.Find(id)!.Revision);
        }, iter: 60, threads: 1);
    }

    private async Task LoadAsync(int executions)
    {
        await _feed.KnowExecutionsAsync(executions, cycles: 2);
        _feed.Time.Advance(_feed.Options.SweepInterval);
        await _feed.CycleAsync(2);
        _limits.Clear();
    }

    // With the pace of a server that answers at once. No full sweep comes in between.
    private async Task LooksAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _feed.Watched.Told("dashboard", true);
            await _feed.Watcher.CycleAsync(default);
            _feed.Time.Advance(_feed.Options.Shortest);
        }
    }
}
