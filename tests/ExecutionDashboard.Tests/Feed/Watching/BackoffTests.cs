using ExecutionDashboard.Feed.Watching;

namespace ExecutionDashboard.Tests.Feed.Watching;

public sealed class BackoffTests
{
    [Fact]
    public void Next_FailureAfterFailure_DoublesUpToThirtySeconds()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), () => 1);

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => backoff.Next(null).TotalSeconds));
        backoff.Reset();
        Assert.Equal(1, backoff.Next(null).TotalSeconds);
    }

    [Fact]
    public void Next_ServerAsksForLonger_Waits() =>
        Assert.Equal(120, new Backoff(TimeSpan.FromSeconds(1), () => 1).Next(TimeSpan.FromMinutes(2)).TotalSeconds);

    [Fact]
    public void Next_Jitter_IsUpToHalfLess() =>
        Assert.Equal(0.5, new Backoff(TimeSpan.FromSeconds(1), () => 0).Next(null).TotalSeconds);
}
