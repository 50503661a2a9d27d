namespace ExecutionDashboard.Tests.Feed.Log;

public sealed class WatchGapsTests : IDisposable
{
    private static readonly DateTimeOffset Start = FeedRig.Start;

    private readonly string _folder = Directory.CreateTempSubdirectory("gaps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Within_FeedDidNotRun_TellsSinceItWasLastWatchedAlsoInAQuietFleet()
    {
        using (var feed = new FeedRig(folder: _folder))
        {
            feed.Server.Put(FeedRig.Execution("e1"));
            await feed.CycleAsync(60);
        }
        using var again = new FeedRig(folder: _folder);
        again.Time.Advance(TimeSpan.FromMinutes(10));
        again.Server.Put(FeedRig.Execution("e1"));
        await again.CycleAsync(3);

        var gap = Assert.Single(again.Log.Gaps.Within(Start, Start.AddHours(1)));

        Assert.InRange(gap.From, Start.AddSeconds(54), Start.AddSeconds(60));
        Assert.Equal(Start.AddMinutes(10), gap.To);
        Assert.Empty(again.Log.Gaps.Within(Start.AddMinutes(11), Start.AddHours(1)));
    }

    [Fact]
    public async Task Within_AllIsWatched_IsEmpty()
    {
        using var feed = new FeedRig(folder: _folder);
        feed.Server.Put(FeedRig.Execution("e1"));

        await feed.CycleAsync(200);

        Assert.Empty(feed.Log.Gaps.Within(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Within_SeveralGapsAndARestart_AreAllThereInOrder()
    {
        using (var feed = new FeedRig(folder: _folder))
        {
            feed.Server.Put(FeedRig.Execution("e1"));
            for (var i = 0; i < 3; i++)
            {
                await feed.CycleAsync(2);
                feed.Time.Advance(TimeSpan.FromMinutes(1));
            }
            await feed.CycleAsync();
        }
        using var again = new FeedRig(folder: _folder);

        var gaps = again.Log.Gaps.Within(Start, Start.AddHours(1));

        Assert.Equal(3, gaps.Count);
        Assert.Equal(gaps.OrderBy(g => g.From), gaps);
        Assert.All(gaps, gap => Assert.InRange((gap.To - gap.From).TotalSeconds, 60, 63));
    }

    [Fact]
    public async Task Within_OlderThanWhatIsKept_IsForgotten()
    {
        using var feed = new FeedRig(folder: _folder);
        feed.Server.Put(FeedRig.Execution("e1"));
        await feed.CycleAsync(2);
        feed.Time.Advance(TimeSpan.FromMinutes(1));
        await feed.CycleAsync(2);
        Assert.Single(feed.Log.Gaps.Within(Start, Start.AddHours(1)));

        feed.Time.Advance(feed.Options.Retention + TimeSpan.FromMinutes(5));
        await feed.CycleAsync(2);

        Assert.True(Assert.Single(feed.Log.Gaps.Within(Start, Start.AddDays(100))).To > Start.AddDays(1));
    }
}
