using System.Threading.Channels;
using ExecutionDashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live;

public sealed class LiveSignalsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<Topics> _told = Channel.CreateUnbounded<Topics>();

    [Fact]
    public async Task Raise_AfterAQuietTime_TellsAtOnce()
    {
        var signals = new LiveSignals(_time);
        using var subscription = signals.Subscribe(Topics.Executions, Tell);

        signals.Raise(Topics.Executions);

        Assert.Equal(Topics.Executions, await Next());
    }

    [Fact]
    public async Task Raise_Within200Milliseconds_TellsOnceAtTheEndWithAllTopics()
    {
        var signals = new LiveSignals(_time);
        using var subscription = signals.Subscribe(Topics.Fleet, Tell);
        signals.Raise(Topics.Executions);
        await Next();

        signals.Raise(Topics.Nodes);
        signals.Raise(Topics.Jobs);
        signals.Raise(Topics.Nodes);
        Assert.False(_told.Reader.TryRead(out _));
        _time.Advance(LiveSignals.Interval);

        Assert.Equal(Topics.Nodes | Topics.Jobs, await Next());
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Raise_OtherTopic_TellsNobody()
    {
        var signals = new LiveSignals(_time);
        using var nodes = signals.Subscribe(Topics.Nodes, Tell);
        using var all = signals.Subscribe(Topics.Fleet, Tell);

        signals.Raise(Topics.Jobs);

        Assert.Equal(Topics.Jobs, await Next());
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Clock_WhileSomebodyLooks_TellsThemAllEveryTenSeconds()
    {
        var signals = new LiveSignals(_time);
        using var other = signals.Subscribe(Topics.Fleet, Tell);
        var first = signals.Subscribe(Topics.Fleet | Topics.Clock, Tell);
        var second = signals.Subscribe(Topics.Clock, Tell);

        _time.Advance(LiveSignals.ClockPace);

        Assert.Equal((Topics.Clock, Topics.Clock, 1), (await Next(), await Next(), signals.Count));
        first.Dispose();
        _time.Advance(LiveSignals.ClockPace);
        Assert.Equal((Topics.Clock, 2), (await Next(), signals.Count));
        second.Dispose();
        second.Dispose();
        _time.Advance(10 * LiveSignals.ClockPace);
        Assert.Equal(2, signals.Count);
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Tell_WhileARefreshRuns_RunsOnceMoreAfterIt()
    {
        var signals = new LiveSignals(_time);
        var running = new TaskCompletionSource();
        using var subscription = signals.Subscribe(Topics.Fleet, async topics =>
        {
            await _told.Writer.WriteAsync(topics);
            if (topics == Topics.Executions) await running.Task;
        });
        signals.Raise(Topics.Executions);
        await Next();

        signals.Raise(Topics.Nodes);
        _time.Advance(LiveSignals.Interval);
        signals.Raise(Topics.Jobs);
        _time.Advance(LiveSignals.Interval);
        Assert.False(_told.Reader.TryRead(out _));
        running.SetResult();

        Assert.Equal(Topics.Nodes | Topics.Jobs, await Next());
    }

    [Fact]
    public async Task Raise_WithTheMomentOfTheChange_HasOneListenerOfTheTopicTimeIt()
    {
        var signals = new LiveSignals(_time);
        using var other = signals.Subscribe(Topics.Status, Tell);
        var listeners = Enumerable.Range(0, 3).Select(_ => signals.Subscribe(Topics.Executions, Tell)).ToList();
        var (early, late) = (_time.GetUtcNow().AddSeconds(-9), _time.GetUtcNow().AddSeconds(-2));
        signals.Raise(Topics.Executions, late);
        foreach (var _ in listeners) await Next();
        Assert.Equal([late], listeners.Select(l => l.TakeTimed()).OfType<DateTimeOffset>());

        // Of what gathers until the next signal the earliest counts; what has no moment takes none away.
        signals.Raise(Topics.Executions, late);
        signals.Raise(Topics.Executions, early);
        signals.Raise(Topics.Executions);
        _time.Advance(LiveSignals.Interval);
        foreach (var _ in listeners) await Next();

        Assert.Equal([early], listeners.Select(l => l.TakeTimed()).OfType<DateTimeOffset>());
        Assert.All(listeners, l => Assert.Null(l.TakeTimed()));
        Assert.Null(other.TakeTimed());
        listeners.ForEach(l => l.Dispose());
    }

    [Fact]
    public void Dispose_Subscription_LeavesNone()
    {
        var signals = new LiveSignals(_time);
        var subscription = signals.Subscribe(Topics.Fleet, Tell);

        subscription.Dispose();
        signals.Raise(Topics.Fleet);

        Assert.Equal(0, signals.SubscriberCount);
        Assert.False(_told.Reader.TryRead(out _));
    }

    private Task Tell(Topics topics) => _told.Writer.WriteAsync(topics).AsTask();

    private async Task<Topics> Next() => await _told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
}
