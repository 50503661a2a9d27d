using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Tests.Feed.History;

public sealed class ServerHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Start = FeedRig.Start;

    private readonly FeedRig _feed = new();
    private readonly ServerHistory _told;
    private readonly NodeTimelines _timelines;

    public ServerHistoryTests()
    {
        _told = new ServerHistory(_feed.Server, _feed.Board, _feed.Time);
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

    [Fact]
    public async Task Lane_ChangesWhileNobodyWatched_AreToldAndMarked()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running", at: 60));
        await _feed.CycleAsync(2);
        await GoneForAsync(TimeSpan.FromMinutes(5));
        _feed.Server.Put(FeedRig.Execution("e1", "running", revision: 4, at: 60 + 240));
        _feed.Server.History.AddRange([Told(0, "Execution running"), Told(60, "Execution degraded: no disk"), Told(200, "Execution starting"), Told(240, "Execution running")]);
        await _feed.CycleAsync();

        var timeline = await TimelineAsync();

        var gap = Assert.Single(timeline.Gaps);
        Assert.True(gap.From >= Start && gap.To - gap.From > TimeSpan.FromMinutes(4), $"{gap}");
        // The state is the same as before: it is the server's history alone that tells of what was between.
        Assert.Equal(
            ["running 0", "degraded 60", "starting 200", "running 240"],
            timeline.Lanes[0].Bars[0].Spans.Where(s => s.Source != ChangeSource.Derived).Select(s => $"{s.State} {(s.From - Start).TotalSeconds}"));
        Assert.Equal([ChangeSource.History, ChangeSource.History], timeline.Lanes[0].Bars[0].Spans.Where(s => s.State is "degraded" or "starting").Select(s => s.Source));
    }

    [Fact]
    public async Task Lane_AskedForBeforeTheGap_IsAskedForAgain()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running", at: 30));
        await _feed.CycleAsync(2);
        await SpansAsync();
        await GoneForAsync(TimeSpan.FromMinutes(5));
        _feed.Server.Put(FeedRig.Execution("e1", "failed", revision: 4, at: 60 + 240));
        await _feed.CycleAsync();

        await SpansAsync();
        await SpansAsync();

        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Lane_NothingChangedWhileNobodyWatched_AsksNothing()
    {
        _feed.Server.Put(FeedRig.Execution("e1", "running", at: 60));
        await _feed.CycleAsync(2);
        await GoneForAsync(TimeSpan.FromMinutes(5));
        await _feed.CycleAsync();

        var timeline = (await _timelines.OfAsync(["node-1"], Start.AddSeconds(1), Start.AddHours(1), default))!;

        Assert.Single(timeline.Gaps);
        Assert.Equal(0, Asked);
    }

    [Fact]
    public async Task Lane_ManyExecutionsOfAJob_AreAskedForAtOnce()
    {
        for (var i = 0; i < 20; i++) _feed.Server.Put(FeedRig.Execution($"e{i}", "running", at: 30));
        for (var i = 0; i < 20; i++) _feed.Server.History.Add(Told(-50, "Execution pending") with { ExecutionId = $"e{i}" });
        await _feed.CycleAsync();

        var timeline = (await _timelines.OfAsync(["node-1"], Start.AddHours(-2), Start.AddHours(1), default))!;

        Assert.All(timeline.Lanes[0].Bars, bar => Assert.Equal(ChangeSource.History, bar.Spans[0].Source));
        Assert.Equal(["job history"], _feed.Server.Calls.Where(c => c.Contains("history", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Lane_JobsHistoryTellsNothingOfExecutions_AreAskedForOneByOne()
    {
        for (var i = 0; i < 20; i++) _feed.Server.Put(FeedRig.Execution($"e{i}", "running", at: 30));
        _feed.Server.History.Add(Told(-50, "Execution pending"));
        await _feed.CycleAsync();

        var timeline = (await _timelines.OfAsync(["node-1"], Start.AddHours(-2), Start.AddHours(1), default))!;

        Assert.All(timeline.Lanes[0].Bars, bar => Assert.Equal(ChangeSource.History, bar.Spans[0].Source));
        Assert.Equal(20, Asked);
    }

    private async Task GoneForAsync(TimeSpan time)
    {
        _feed.Server.Fault = (_, _) => TestControlPlane.Broken;
        await _feed.CycleAsync();
        _feed.Time.Advance(time);
        _feed.Server.Fault = (_, _) => null;
    }

    private async Task<FleetTimeline> TimelineAsync() => (await _timelines.OfAsync(["node-1"], Start.AddHours(-2), Start.AddHours(1), default))!;

    private async Task<IReadOnlyList<StateSpan>> SpansAsync() =>
        (await TimelineAsync()).Lanes[0].Bars[0].Spans;

    private static HistoryEvent Told(int second, string message) => new() { At = Start.AddSeconds(second), Message = message };
}
