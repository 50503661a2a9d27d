using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Live.Logs;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Logs;

public sealed class LogTailTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly TestJobLogs _logs = new();
    private readonly LogTail _tail;

    public LogTailTests() => _tail = new LogTail(_logs, new LogRequest("job-1") { NodeId = "node-1" }, _time, held: 3);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _tail.DisposeAsync();

    [Fact]
    public async Task Follow_Lines_AreHeldMaskedAndCounted()
    {
        var socket = _logs.Opens();
        var asked = await _logs.AskedAsync();
        Assert.Equal(("job-1", "node-1", _time.GetUtcNow().AddMinutes(-5)), (asked.JobId, asked.NodeId, asked.Since));
        // Unreadable frames are counted with the next line that is taken, so one must follow.
        socket.Sends("nonsense");
        for (var i = 0; i < 5; i++) socket.Says($"token=abc{i}", i == 4 ? "error" : "info");
        await UntilAsync(t => t.Look(r => r.Total) == 5 && t.Unreadable == 1);
        Assert.Equal(LogPhase.Following, _tail.Status.Phase);
        Assert.Equal((3, 2L, 1), _tail.Look(r => (r.Count, r.FellOut, r.Of(LogLevelName.Error))));
        Assert.All(_tail.Look(r => r.Lines()), l => Assert.DoesNotContain("abc", l.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Follow_ConnectionLost_IsSaidAndTriedAgainLaterEachTime()
    {
        var socket = _logs.Opens();
        await _logs.AskedAsync();
        socket.Says("one", second: 1_000);
        await UntilAsync(t => t.Look(r => r.Total) == 1);
        socket.Breaks();
        await UntilAsync(t => t.Status.Phase == LogPhase.Waiting);
        Assert.Equal(("The connection to the log broke.", _time.GetUtcNow().AddSeconds(1)), (_tail.Status.Problem, _tail.Status.RetryAt));
        Assert.True(_tail.Look(r => r.Lines())[^1].IsGap);

        _logs.Refuses(new(ControlPlaneError.Unreachable, "refused"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1_000).AddTicks(1), (await _logs.AskedAsync()).Since);
        await UntilAsync(t => t.Status is { Phase: LogPhase.Waiting, Problem: "refused" });
        Assert.Equal(_time.GetUtcNow().AddSeconds(2), _tail.Status.RetryAt);

        var second = _logs.Opens();
        _time.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(t => t.Status.Phase == LogPhase.Following);
        second.Says("two");
        await UntilAsync(t => t.Look(r => r.Total) == 3);
    }

    [Theory]
    [InlineData(ControlPlaneError.NotOffered)]
    [InlineData(ControlPlaneError.NotFound)]
    [InlineData(ControlPlaneError.Unauthorized)]
    [InlineData(ControlPlaneError.Forbidden)]
    public async Task Follow_RefusedForGood_IsNotTriedAgain(ControlPlaneError error)
    {
        _logs.Refuses(new(error, "no"));
        await UntilAsync(t => t.Status.Phase == LogPhase.Ended);
        Assert.Equal((error, "no"), (_tail.Status.Error, _tail.Status.Problem));
    }

    [Fact]
    public async Task Follow_ServerSaysGoodbye_IsTriedAgain()
    {
        var socket = _logs.Opens();
        await UntilAsync(t => t.Status.Phase == LogPhase.Following);
        socket.Closes();
        await UntilAsync(t => t.Status.Phase == LogPhase.Waiting);
        Assert.Equal("The control plane ended the log.", _tail.Status.Problem);
    }

    [Fact]
    public async Task Follow_ExecutionThatEndedLongAgo_HasItsLastLinesBeforeThoseOfToday()
    {
        var ended = _time.GetUtcNow().AddDays(-3);
        var logs = new TestJobLogs();
        var (past, present) = (logs.Opens(), logs.Opens());
        await using var tail = new LogTail(logs, new LogRequest("job-1") { NodeId = "node-1" }, _time, ended, held: 3);
        Assert.Equal(ended.AddMinutes(-5), (await logs.AskedAsync()).Since);
        for (var i = 1; i <= 4; i++) past.Says($"last words {i}", "error", ended.AddSeconds(i - 4).ToUnixTimeSeconds());
        past.Says("a day later", second: ended.AddDays(1).ToUnixTimeSeconds());
        Assert.Equal(_time.GetUtcNow().AddMinutes(-5).AddTicks(1), (await logs.AskedAsync()).Since);
        for (var i = 1; i <= 4; i++) present.Says($"today {i}", second: _time.GetUtcNow().ToUnixTimeSeconds());

        await UntilAsync(tail, t => t.Look(r => r.Total) == 9);
        var lines = tail.Look(r => r.Lines());
        Assert.Equal(["last words 2", "last words 3", "last words 4", "today 2", "today 3", "today 4"], lines.Where(l => !l.IsGap).Select(l => l.Text));
    }

    [Fact]
    public async Task Follow_ExecutionThatJustEnded_HasTheLinesOfItsSuccessorAfterAMark()
    {
        var ended = _time.GetUtcNow().AddMinutes(-1);
        var logs = new TestJobLogs();
        var socket = logs.Opens();
        await using var tail = new LogTail(logs, new LogRequest("job-1") { NodeId = "node-1" }, _time, ended, held: 10);
        socket.Says("panic", "error", ended.ToUnixTimeSeconds());
        socket.Says("starts", second: ended.AddSeconds(2).ToUnixTimeSeconds());

        await UntilAsync(tail, t => t.Look(r => r.Total) == 3);
        Assert.Equal(["panic", "This execution ended here. Next are the lines of the job on this node since then.", "starts"], tail.Look(r => r.Lines()).Select(l => l.Text));
    }

    [Fact]
    public async Task Dispose_EndsWhoWaits()
    {
        _logs.Opens();
        await UntilAsync(t => t.Status.Phase == LogPhase.Following);
        var waiting = EndAsync();
        await _tail.DisposeAsync();
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);

        async Task EndAsync()
        {
            while (await _tail.ChangedAsync(CancellationToken.None)) continue;
        }
    }

    private Task UntilAsync(Func<LogTail, bool> holds) => UntilAsync(_tail, holds);

    private static async Task UntilAsync(LogTail tail, Func<LogTail, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        while (!holds(tail)) Assert.True(await tail.ChangedAsync(patience.Token));
    }
}
