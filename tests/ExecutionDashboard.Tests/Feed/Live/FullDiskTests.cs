namespace ExecutionDashboard.Tests.Feed.Live;

/// <summary>A SQLite file that may not grow.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly FeedRig _feed = new();

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Commit_DiskFull_SaysSoAndGoesOnWhenThereIsRoom()
    {
        await _feed.CycleAsync();
        // Never less than the file has: it is full as it is.
        _feed.Log.Execute("PRAGMA max_page_count = 1");
        for (var i = 0; i < 1_000; i++) _feed.Server.Put(FeedRig.Execution($"e{i}", at: i));

        var cycle = Task.Run(() => _feed.Watcher.CycleAsync(default));
        await RefusedAsync();

        Assert.Contains("full", _feed.Status.Problem, StringComparison.Ordinal);
        Assert.True(_feed.Mirror.Executions.Count < 1_000);
        _feed.Log.Execute("PRAGMA max_page_count = 1000000");
        while (!cycle.IsCompleted)
        {
            _feed.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await cycle;
        await _feed.CycleAsync();
        Assert.Equal(1_000, _feed.Mirror.Executions.Count);
        Assert.Equal(1_000, _feed.Log.LastSequence);
    }

    private async Task RefusedAsync()
    {
        while (true)
        {
            var next = _feed.Signal.Next;
            if (_feed.Status.Problem.Length > 0) return;
            await next.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        }
    }
}
