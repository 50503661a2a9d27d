using ExecutionDashboard.Feed.Leading;
using ExecutionDashboard.Feed.Live;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed.Leading;

public sealed class CommitHintsTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMilliseconds(250);
    private readonly FakeTimeProvider _time = new();
    private readonly ChangeSignal _signal = new();
    private readonly CommitHints _hints;

    public CommitHintsTests() => _hints = new(_signal, _time);

    [Fact]
    public async Task Wait_HintOfSomethingNewer_EndsWithoutTimePassing()
    {
        var wait = _hints.WaitAsync(5, Quarter, default);

        _hints.Hear(6);

        await wait;
    }

    [Fact]
    public async Task Wait_HintFromBeforeIt_EndsAtOnceAndCountsOnce()
    {
        _hints.Hear(long.MaxValue);
        await _hints.WaitAsync(5, Quarter, default);

        var next = _hints.WaitAsync(5, Quarter, default);

        Assert.False(next.IsCompleted);
        _time.Advance(Quarter);
        await next;
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Wait_HintOfWhatIsHere_GoesOnUntilTheTimeHasPassed(long hint)
    {
        var wait = _hints.WaitAsync(5, Quarter, default);

        _hints.Hear(hint);

        Assert.False(wait.IsCompleted);
        _time.Advance(Quarter);
        await wait;
    }

    [Fact]
    public async Task Wait_Stopped_Throws()
    {
        using var stop = new CancellationTokenSource();
        var wait = _hints.WaitAsync(5, Quarter, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void Released_WakesWhoTellsOthers_AndIsToldOnce()
    {
        var next = _signal.Next;

        _hints.Released();

        Assert.True(next.IsCompleted);
        Assert.True(_hints.TakeReleased());
        Assert.False(_hints.TakeReleased());
    }

    [Theory]
    [InlineData("redis.example.com,pass=secret-7d1e,nonsense=1", true, "cannot be read")]
    [InlineData("password=secret-7d1e", true, "names no server")]
    [InlineData("redis.example.com,password=secret-7d1e", false, "Storage:Provider=PostgreSql")]
    public void Settings_ThatCannotBeUsed_AreRefusedWithoutThePassword(string text, bool isShared, string expected)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(text, isShared));

        Assert.StartsWith("Redis:ConnectionString ", Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-7d1e", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Settings_Empty_AreWithoutRedis(string text) => Assert.Null(Read(text, isShared: true).Options);

    private static RedisSettings Read(string text, bool isShared) => RedisSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Redis:ConnectionString", text)]).Build(), isShared);
}
