using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Storage;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed.Leading;

public sealed class LeadershipTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StatusBoard _board = new(new ChangeSignal());
    private readonly Leadership _leadership;

    public LeadershipTests() => _leadership = new(_board, _time);

    [Fact]
    public void WhyNot_AFeedThatHasItsLogForItself_TakesWrites()
    {
        Assert.Null(_leadership.WhyNot());
        Assert.False(_leadership.IsSure);

        _leadership.Begin();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(_leadership.IsSure);
        Assert.Null(_leadership.WhyNot());
    }

    [Fact]
    public void WhyNot_OneOfSeveral_TakesWritesForAsLongAsItsLeaseLasts()
    {
        _leadership.Share(TimeSpan.FromSeconds(10));
        _board.Update(s => s with { Feed = "a:1", IsStandby = true, Leader = "b:1" });
        Assert.Equal("The feed a:1 stands by: b:1 leads.", _leadership.WhyNot());

        _leadership.Renewed(_time.GetTimestamp());
        _leadership.Begin();
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Null(_leadership.WhyNot());

        // Frozen for a moment: nobody has told it that another feed leads.
        _board.Update(s => s with { IsStandby = false });
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(_leadership.IsSure);
        Assert.Contains("another one may lead", _leadership.WhyNot(), StringComparison.Ordinal);

        _leadership.Renewed(_time.GetTimestamp());
        Assert.True(_leadership.IsSure);
        _leadership.End();
        _board.Update(s => s with { IsStandby = true, Leader = "" });
        Assert.Contains("no feed leads", _leadership.WhyNot(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InEachTerm_LedTwice_RunsInBothAndNotBetween()
    {
        using var stop = new CancellationTokenSource();
        var (began, ended) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var running = _leadership.InEachTermAsync(async end =>
        {
            began.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.Release();
            throw new LeadershipLostException("a write came too late");
        }, stop.Token);

        for (var term = 0; term < 2; term++)
        {
            Assert.Equal(0, began.CurrentCount);
            _leadership.Begin();
            await began.WaitAsync();
            Assert.Equal(0, ended.CurrentCount);
            _leadership.End();
            await ended.WaitAsync();
        }
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
