using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Tests.Feed.Live;

public sealed class ChangeCommitterTests : IDisposable
{
    private readonly FeedRig _feed = new();

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Commit_DatabaseLocked_SaysSoShowsNothingAndLosesNothing()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "pending"));
        await _feed.CycleAsync();
        _feed.Server.Put(FeedRig.Execution("e1", "running", revision: 2, at: 5));
        using var other = new SqliteConnection($"Data Source={_feed.Log.File};Pooling=False");
        other.Open();
        var held = other.BeginTransaction();

        var cycle = Task.Run(() => _feed.Watcher.CycleAsync(default));
        await RefusedAsync();

        Assert.Contains("cannot be written", _feed.Status.Problem, StringComparison.Ordinal);
        Assert.NotNull(_feed.Status.BlindSince);
        Assert.Equal("pending", _feed.Mirror.Executions.Find("e1")!.Actual.State.Name);

        held.Dispose();
        while (!cycle.IsCompleted)
        {
            _feed.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Null(await cycle);
        Assert.Equal(["→pending", "pending→running"], _feed.StepsOf("e1"));
        Assert.Null(_feed.Status.BlindSince);
        Assert.Equal("", _feed.Status.Problem);
    }

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
