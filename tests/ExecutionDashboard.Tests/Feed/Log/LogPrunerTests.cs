using ExecutionDashboard.Feed.History;

namespace ExecutionDashboard.Tests.Feed.Log;

public sealed class LogPrunerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prune-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Cycle_LogOlderThanTheRetention_IsPrunedWhileItIsWatched()
    {
        using var feed = await WatchedAsync();
        feed.Time.Advance(TimeSpan.FromHours(2));
        feed.Server.Put(FeedRig.Execution("e1", "failed", revision: 9, at: 7_300));
        await feed.CycleAsync(2);

        var lane = (await new NodeTimelines(feed.Open, feed.Mirror, feed.Ring).OfAsync(["node-1"], FeedRig.Start.AddHours(1), FeedRig.Start.AddHours(3), default))!;

        Assert.True(feed.Reader.PrunedTo() > 0);
        Assert.Equal(RowsIn(feed), feed.Log.Rows);
        Assert.True(lane.KnownSince > FeedRig.Start);
        // It has run since before the horizon: that is still told.
        Assert.Equal(["degraded", "failed"], lane.Lanes[0].Bars.Single(b => b.ExecutionId == "e1").Spans.Select(s => s.State));
        Assert.Equal(["degraded→failed"], feed.StepsOf("e1").Skip(1));
        Assert.Empty(feed.StepsOf("gone"));
        Assert.Equal(2, feed.Mirror.Executions.Count);
    }

    [Fact]
    public async Task Follow_AgainFromBeforeWhatWasPruned_GetsASnapshot()
    {
        using (var feed = await WatchedAsync())
        {
            feed.Log.AimPruning(feed.Time.GetUtcNow());
            while (feed.Log.IsPruningDue) feed.Log.Prune();
        }
        using var again = new FeedRig(folder: _folder, keyframeEvery: 2);
        var pruned = again.Reader.PrunedTo();
        Assert.Equal(RowsIn(again), again.Log.Rows);

        // Things that went meanwhile cannot be named any more to who has not heard of it.
        Assert.True(await IsResetAsync(again, pruned - 1));
        Assert.False(await IsResetAsync(again, pruned));
    }

    [Fact]
    public async Task Rows_LogThatWasPrunedByAProgramThatDidNotCount_AreCountedOnce()
    {
        using (var feed = await WatchedAsync())
        {
            feed.Log.AimPruning(feed.Time.GetUtcNow());
            while (feed.Log.IsPruningDue) feed.Log.Prune();
            feed.Log.Execute("DELETE FROM meta WHERE name = 'deleted'");
        }
        using var again = new FeedRig(folder: _folder, keyframeEvery: 2);

        Assert.Equal(RowsIn(again), again.Log.Rows);
        Assert.True(again.Log.Rows < again.Log.LastSequence);
    }

    private static long RowsIn(FeedRig feed)
    {
        using var session = feed.Reader.Open();
        return session.Number("SELECT count(*) FROM events")!.Value;
    }

    // Three executions; one is gone, one has changed.
    private async Task<FeedRig> WatchedAsync()
    {
        var feed = new FeedRig(folder: _folder, keyframeEvery: 2);
        feed.Options.Retention = TimeSpan.FromHours(1);
        foreach (var id in new[] { "e1", "e2", "gone" }) feed.Server.Put(FeedRig.Execution(id));
        await feed.CycleAsync();
        feed.Server.Executions.Remove("gone");
        await feed.SweepAsync();
        feed.Server.Put(FeedRig.Execution("e1", "degraded", revision: 2, at: 70));
        await feed.CycleAsync();
        for (var i = 0; i < 4; i++)
        {
            feed.Server.Put(FeedRig.Execution("e2", i % 2 == 0 ? "failed" : "running", revision: 2 + i, at: 80 + i));
            await feed.CycleAsync();
        }
        return feed;
    }

    private static async Task<bool> IsResetAsync(FeedRig feed, long sequence)
    {
        await using var batches = feed.Stream.FollowAsync(feed.Log.LogId, sequence, default).GetAsyncEnumerator();
        await batches.MoveNextAsync();
        return batches.Current.Reset;
    }
}
