using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class ToldHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Start = FeedRig.Start;

    private readonly FeedRig _feed = new();
    private readonly ToldHistory _told;
    private readonly NodeTimelines _timelines;

    public ToldHistoryTests()
    {
        _told = new ToldHistory(_feed.Server, _feed.Board, _feed.Time);
        _timelines = new NodeTimelines(_feed.Open, _feed.Mirror, _feed.Ring, _told);
    }

    private int Asked => _feed.Server.Calls.Count(c => c == "history");

    public void Dispose()
    {
        _told.Dispose();
        _feed.Dispose();
    }

    [Fact]
    public async Task Lane_ServerTellsTheBeginning_BeginsWithItAndIsMarked()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running", at: 30));
        await _feed.CycleAsync();
        _feed.Server.History.AddRange([Told(-50, "Execution pending"), Told(-40, "Execution running"), Told(-35, "Execution degraded: no disk"), Told(-30, "Execution running")]);

        var (first, again) = (await SpansAsync(), await SpansAsync());

        Assert.Equal(
            ["pending History -50", "running History -40", "degraded History -35", "running Watched -30"],
            first.Select(s => $"{s.State} {s.Source} {(s.From - Start).TotalSeconds}"));
        Assert.Equal(first, again);
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task Lane_RangeAfterTheFeedCame_AsksNothing()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running", at: 30));
        await _feed.CycleAsync();

        await _timelines.OfAsync(["node-1"], Start, Start.AddHours(1), default);

        Assert.Equal(0, Asked);
    }

    [Theory]
    [InlineData(ControlPlaneError.NotOffered, 600)]
    [InlineData(ControlPlaneError.Unexpected, 30)]
    public async Task Lane_ServerDoesNotTell_IsLeftAloneForAWhile(ControlPlaneError error, int seconds)
    {
        _feed.Server.Fault = (call, _) => call == "history" ? new ControlPlaneFailure(error, "No.") : null;
        for (var i = 0; i < 20; i++) _feed.Server.Put(FeedRig.Execution($"e{i}", "running", at: 30));
        await _feed.CycleAsync();

        var spans = await SpansAsync();
        await SpansAsync();
        Assert.Equal(1, Asked);
        _feed.Time.Advance(TimeSpan.FromSeconds(seconds + 1));
        await SpansAsync();

        Assert.Equal(["pending Derived", "running Watched"], spans.Select(s => $"{s.State} {s.Source}"));
        Assert.Equal(2, Asked);
    }

    private async Task<IReadOnlyList<StateSpan>> SpansAsync() =>
        (await _timelines.OfAsync(["node-1"], Start.AddHours(-2), Start.AddHours(1), default))!.Lanes[0].Bars[0].Spans;

    private static HistoryEvent Told(int second, string message) => new() { At = Start.AddSeconds(second), Message = message };
}
