using CsCheck;
using ExecutionDashboard.Feed;
using ExecutionDashboard.Feed.Presence;
using ExecutionDashboard.Feed.Watching;
using ExecutionDashboard.Fleet.Presence;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed.Watching;

/// <summary>How often the control plane is asked: by who looks, and by how fast it answers.</summary>
public sealed class PollPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WatchedDashboards _watched;
    private readonly FeedOptions _options = new();

    public PollPaceTests() => _watched = new WatchedDashboards(_time);

    [Fact]
    public void Interval_NobodyLooks_IsTheLongest()
    {
        var pace = Pace();
        pace.Answered(TimeSpan.FromMilliseconds(1), 5);
        Assert.Equal(_options.PollInterval, pace.Interval);

        _watched.Told("a", true);
        Assert.Equal(TimeSpan.FromMilliseconds(50), pace.Interval);
        _watched.Told("a", false);
        Assert.Equal(_options.PollInterval, pace.Interval);
        // A dashboard that is not heard of any more counts for nobody.
        _watched.Told("b", true);
        _time.Advance(PresenceLimits.Lease);
        Assert.Equal(_options.PollInterval, pace.Interval);
    }

    [Fact]
    public void Interval_ServerFailed_IsTheLongestForAMinute()
    {
        var pace = Pace();
        _watched.Told("a", true);
        pace.Failed();
        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(_options.PollInterval, pace.Interval);
            _time.Advance(TimeSpan.FromSeconds(1));
            _watched.Told("a", true);
        }
        Assert.Equal(TimeSpan.FromMilliseconds(50), pace.Interval);

        // Nor longer than that minute, however long the longest is.
        (_options.PollInterval, _options.ShortestPollInterval) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        pace.Failed();
        Assert.Equal(TimeSpan.FromMinutes(1), pace.Interval);
    }

    [Fact]
    public void Interval_AnyServer_ASlowerOneIsNotAskedMoreOften() =>
        Gen.Select(Gen.Double[0, 3_000], Gen.Double[0, 3_000], Gen.Int[1, 20], Gen.Int[100, 60_000], Gen.Int[20, 60_000]).Sample((one, other, answers, longest, shortest) =>
        {
            var options = new FeedOptions { PollInterval = TimeSpan.FromMilliseconds(longest), ShortestPollInterval = TimeSpan.FromMilliseconds(shortest) };
            _watched.Told("a", true);
            PollPace slow = new(options, _watched, _time), fast = new(options, _watched, _time);
            for (var i = 0; i < answers; i++)
            {
                slow.Answered(TimeSpan.FromMilliseconds(Math.Max(one, other)), 5);
                fast.Answered(TimeSpan.FromMilliseconds(Math.Min(one, other)), 5);
            }
            Assert.True(slow.Interval >= fast.Interval);
            Assert.InRange(slow.Interval, options.Shortest, options.PollInterval);
            if (answers == 20 && Math.Max(one, other) * 4.9 > longest) Assert.Equal(options.PollInterval, slow.Interval);
        });

    [Fact]
    public async Task Wait_SomebodyBeginsToLook_EndsAtOnce()
    {
        var pace = Pace();
        var waiting = pace.WaitAsync(() => TimeSpan.FromSeconds(20), default);
        Assert.False(waiting.IsCompleted);
        _watched.Told("a", true);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));

        // Whoever looks already waits for the interval.
        var next = pace.WaitAsync(() => pace.Interval, default);
        _watched.Told("b", true);
        Assert.False(next.IsCompleted);
        _time.Advance(pace.Interval);
        await next.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private PollPace Pace() => new(_options, _watched, _time);
}
