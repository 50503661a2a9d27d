using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Audit;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Tests.Feed;

public sealed class FeedMetricsTests : IDisposable
{
    private readonly FeedRig _feed = new();

    public void Dispose() => _feed.Dispose();

    public FeedMetricsTests() => _feed.Board.Update(s => s with { Loading = 0 });

    [Fact]
    public async Task Lag_ChangeAfterTheFirstLoad_IsTheTimeSinceTheSlowestWasMade()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "pending"));
        _feed.Server.Put(FeedRig.Execution("e2", "pending"));
        await _feed.CycleAsync();
        Assert.Empty(_feed.Measured.Of("feed.lag"));

        // The feed's clock is one interval past the start now.
        _feed.Server.Put(FeedRig.Execution("e1", "running", revision: 2, at: 58));
        _feed.Server.Put(FeedRig.Execution("e2", "running", revision: 2, at: 59));
        await _feed.CycleAsync();

        Assert.Equal(["3"], _feed.Measured.Of("feed.lag"));
    }

    [Fact]
    public async Task Lag_ChangeThatTheServerDidNotDate_IsNotKnown()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "pending"));
        await _feed.CycleAsync();

        _feed.Server.Put(FeedRig.Execution("e1", "running", revision: 2) with { EvaluationId = "another" });
        await _feed.SweepAsync();

        Assert.Equal(["→pending", "pending→running"], _feed.StepsOf("e1"));
        Assert.Empty(_feed.Measured.Of("feed.lag"));
    }

    [Fact]
    public async Task Gauges_LogQueuesAndAge_AreWhatTheyAreNow()
    {
        _ = new FeedGauges(_feed.Measured, _feed.Metrics, _feed.Stream, _feed.Open, _feed.Board, new AuditStore(_feed.Board, _feed.Time), _feed.Time);
        _feed.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("4", _feed.Measured.Of("feed.answer.age")[^1]);

        _feed.Server.Put(FeedRig.Execution("e1", "pending"));
        await _feed.CycleAsync();
        _feed.Server.Put(FeedRig.Execution("e1", "running", revision: 2, at: 5));
        await _feed.CycleAsync();
        _feed.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("7", _feed.Measured.Of("feed.answer.age")[^1]);
        Assert.Equal(["0 append", "1 settle", "0 stream"], _feed.Measured.Of("feed.queue.length").TakeLast(3));
        Assert.Equal($"{_feed.Log.LastSequence}", _feed.Measured.Of("feed.log.rows")[^1]);
        Assert.True(long.Parse(_feed.Measured.Of("feed.log.size")[^1]) >= new FileInfo(_feed.File).Length);
    }

    [Fact]
    public async Task Queue_SubscriberThatDoesNotRead_GrowsUntilItDoes()
    {
        _ = new FeedGauges(_feed.Measured, _feed.Metrics, _feed.Stream, _feed.Open, _feed.Board, new AuditStore(_feed.Board, _feed.Time), _feed.Time);
        await _feed.CycleAsync();
        using var leaves = new CancellationTokenSource();
        await using var subscriber = _feed.Stream.FollowAsync("", -1, leaves.Token).GetAsyncEnumerator();
        await subscriber.MoveNextAsync();
        var next = subscriber.MoveNextAsync();
        Assert.Equal("0 stream", _feed.Measured.Of("feed.queue.length")[^1]);

        _feed.Server.Put(FeedRig.Execution("e1", at: 70));
        await _feed.CycleAsync();
        await next;
        var waiting = _feed.Log.LastSequence;
        Assert.Equal($"{waiting} stream", _feed.Measured.Of("feed.queue.length")[^1]);

        next = subscriber.MoveNextAsync();
        Assert.Equal("0 stream", _feed.Measured.Of("feed.queue.length")[^1]);
        await leaves.CancelAsync();
        await next;
    }

    [Fact]
    public async Task WriteFailures_DatabaseLocked_AreCountedAndWhatWaitsIsKnown()
    {
        await _feed.CycleAsync();
        Assert.Equal(["0 append", "0 settle", "0 watched", "0 prune", "0 problems", "0 notifications", "0 audit", "0 userdata", "0 bulk", "0 snapshot", "0 convergence"], _feed.Measured.Of("feed.log.write.failures"));
        _feed.Server.Put(FeedRig.Execution("e1", "running", at: 70));
        using var other = new SqliteConnection($"Data Source={_feed.File};Pooling=False");
        other.Open();
        var held = other.BeginTransaction();

        var cycle = Task.Run(() => _feed.Watcher.CycleAsync(default));
        while (_feed.Metrics.Waiting == 0) await Task.Yield();
        held.Dispose();
        while (!cycle.IsCompleted)
        {
            _feed.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Null(await cycle);
        Assert.NotEqual("0 append", _feed.Measured.Of("feed.log.write.failures")[^11]);
        Assert.Equal(0, _feed.Metrics.Waiting);
    }
}
