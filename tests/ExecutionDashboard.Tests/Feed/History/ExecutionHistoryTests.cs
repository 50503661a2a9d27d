using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class ExecutionHistoryTests : IDisposable
{
    private readonly FeedRig _feed = new();
    private readonly ExecutionHistory _history;

    public ExecutionHistoryTests()
    {
        _history = new ExecutionHistory(_feed.Open, _feed.Mirror, _feed.Board, _feed.Server, _feed.Time);
    }

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Of_UnknownExecution_IsNull() => Assert.Null(await _history.OfAsync("nobody", default));

    [Fact]
    public async Task Of_ServerTellsTheBeginning_PutsItInFrontAndFillsWhatWasMissed()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running", at: 30));
        await _feed.CycleAsync();
        _feed.Server.Put(FeedRig.Execution("e1", "failed", revision: 2, at: 50));
        await _feed.CycleAsync();
        _feed.Server.History.AddRange(
        [
            Told(1, 0, "Execution pending"),
            Told(2, 5, "Execution starting"),
            Told(3, 10, "Execution running"),
            Told(4, 40, "Execution degraded: output connection refused", ("error_code", "OUTPUT_UNAVAILABLE")),
            Told(5, 50, "it broke", ("old_state", "degraded"), ("new_state", "failed")),
            Told(6, 55, "A note that names no state"),
        ]);

        var history = (await _history.OfAsync("e1", default))!;

        Assert.Equal("", history.Problem);
        Assert.Equal(
            ["→pending History", "pending→starting History", "starting→running History", "running→degraded History", "degraded→failed Watched"],
            history.Items.Select(Line));
        Assert.Equal("output connection refused", history.Items[3].Message);
        Assert.Equal("OUTPUT_UNAVAILABLE", history.Items[3].ErrorCode);
    }

    [Fact]
    public async Task Of_ServerHasNoHistory_DerivesItFromTheTimes()
    {
        _feed.Server.Fault = (call, _) => call == "history" ? new ControlPlaneFailure(ControlPlaneError.NotOffered, "No such route.", 404) : null;
        _feed.Server.Put(FeedRig.Execution("e1", "degraded") with { StableAt = FeedRig.Start.AddMinutes(-30) });
        await _feed.CycleAsync();

        var history = (await _history.OfAsync("e1", default))!;

        Assert.Equal("", history.Problem);
        Assert.Equal(["→pending Derived", "pending→running Derived", "running→degraded Watched"], history.Items.Select(Line));
        Assert.Equal(FeedRig.Start.AddHours(-1), history.Items[0].At);
    }

    [Fact]
    public async Task Of_ServerFails_SaysWhatIsMissing()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running"));
        await _feed.CycleAsync();
        _feed.Server.Fault = (call, _) => call == "history" ? TestControlPlane.Broken : null;

        var history = (await _history.OfAsync("e1", default))!;

        Assert.Contains("500", history.Problem, StringComparison.Ordinal);
        Assert.Equal(["→pending Derived", "pending→running Watched"], history.Items.Select(Line));
    }

    [Fact]
    public async Task Of_ExecutionVanished_StillHasItsHistory()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running"));
        await _feed.CycleAsync();
        _feed.Server.Executions.Clear();
        await _feed.SweepAsync();

        var history = (await _history.OfAsync("e1", default))!;

        Assert.Equal(["→running Watched", "running→ Watched"], history.Items.Select(Line));
    }

    [Fact]
    public async Task Of_ManyRevisionsInOneState_IsOneStep()
    {
        for (var i = 1; i <= 5; i++)
        {
            _feed.Server.Put(FeedRig.Execution("e1", "running", revision: i, at: i));
            await _feed.CycleAsync();
        }

        Assert.Single((await _history.OfAsync("e1", default))!.Items, s => s.To == "running");
    }

    private static string Line(StateChange step) => $"{step.From}→{step.To} {step.Source}";

    private static HistoryEvent Told(long sequence, int at, string message, params (string Key, string Value)[] details) => new()
    {
        Sequence = sequence,
        At = FeedRig.Start.AddSeconds(at - 60),
        Message = message,
        ExecutionId = "e1",
        Details = details.ToDictionary(d => d.Key, d => d.Value),
    };
}
