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
        var held = TestStorage.Hold(_feed.File);

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
