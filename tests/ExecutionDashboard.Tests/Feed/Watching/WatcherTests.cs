using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed.Watching;

public sealed class WatcherTests : IDisposable
{
    private readonly FeedRig _feed = new();

    private TestControlPlane Server => _feed.Server;

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Cycle_FirstContact_KnowsTheWholeFleet()
    {
        for (var i = 0; i < 2_500; i++) Server.Put(FeedRig.Execution($"e{i}", at: -i));
        Server.Jobs["job-1"] = new Job { Id = "job-1", Name = "ingest", State = "running", Version = 1 };
        Server.Nodes["node-1"] = new Node { Id = "node-1", Connection = "connected" };
        Server.Deployments["d1"] = new Deployment { Id = "d1", State = "in_progress" };
        Server.NewSpecs.Add(new JobSpec { Hash = "h1", Json = "{}" });

        await _feed.CycleAsync();

        Assert.Equal(2_500, _feed.Mirror.Executions.Count);
        Assert.Equal(2_504, _feed.Log.LastSequence);
        Assert.Null(_feed.Status.Loading);
        Assert.Equal(2_500, _feed.Status.Total);
        Assert.Equal(FeedRig.Start, _feed.Status.LastSuccessAt);
    }

    [Fact]
    public async Task Cycle_FleetOfAnEarlierRun_IsOfThenUntilTheControlPlaneSaysWhatChanged()
    {
        await _feed.KnowExecutionsAsync(3);
        using var again = new FeedRig(Server, _feed.Folder);
        var left = FeedRig.Start.AddMinutes(-5);
        again.Board.Update(s => s with { IsConfirming = true, LastSuccessAt = left });
        Server.Fault = (_, _) => TestControlPlane.Broken;
        await again.CycleAsync();
        Assert.Equal((true, left, FeedRig.Start), (again.Status.IsConfirming, again.Status.LastSuccessAt!.Value, again.Status.BlindSince!.Value));

        Server.Fault = (_, _) => null;
        await again.CycleAsync();

        Assert.Equal((false, FeedRig.Start + again.Options.PollInterval, null), (again.Status.IsConfirming, again.Status.LastSuccessAt!.Value, again.Status.BlindSince));
    }

    [Fact]
    public async Task Cycle_ExecutionChanges_IsKnownAndLogged()
    {
        Server.Put(FeedRig.Execution("e1", "pending"));
        await _feed.CycleAsync();
        Server.Put(FeedRig.Execution("e1", "running", revision: 2, at: 1));
        await _feed.CycleAsync();

        Assert.Equal(["→pending", "pending→running"], _feed.StepsOf("e1"));
        Assert.Equal("running", _feed.Mirror.Executions.Find("e1")!.Actual.State.Name);
    }

    [Fact]
    public async Task Cycle_NothingChanges_AsksForOneSmallPageAndLogsNothing()
    {
        await _feed.KnowExecutionsAsync(1_500, cycles: 2);
        var (sequence, before) = (_feed.Log.LastSequence, Server.Calls.Count(c => c == "executions updated_at"));

        await _feed.CycleAsync(3);

        Assert.Equal(sequence, _feed.Log.LastSequence);
        Assert.Equal(3, Server.Calls.Count(c => c == "executions updated_at") - before);
    }

    [Fact]
    public async Task Cycle_MoreChangesThanAPage_ReadsOnUntilWhatItKnows()
    {
        await _feed.KnowExecutionsAsync(3_000, cycles: 2);
        for (var i = 0; i < 1_700; i++) Server.Put(FeedRig.Execution($"e{i}", "failed", revision: 2, at: 5));

        await _feed.CycleAsync();

        Assert.Equal(1_700, _feed.Mirror.Executions.All().Count(k => k.Value.Actual.State.Known == KnownExecutionState.Failed));
    }

    [Fact]
    public async Task Cycle_KnownRowsWithTimesAYearAheadFillTheTop_DoNotHideChanges()
    {
        for (var i = 0; i < 250; i++) Server.Put(FeedRig.Execution($"odd{i}") with { UpdatedAt = FeedRig.Start.AddYears(1) });
        await _feed.KnowExecutionsAsync(2_000, cycles: 2);
        Server.Put(FeedRig.Execution("e7", "failed", revision: 2, at: 3));

        await _feed.CycleAsync();

        Assert.Equal("failed", _feed.Mirror.Executions.Find("e7")!.Actual.State.Name);
    }

    [Fact]
    public async Task Cycle_LookCutShortByAFault_FindsTheRestNextTime()
    {
        await _feed.KnowExecutionsAsync(3_000, cycles: 2);
        for (var i = 0; i < 500; i++) Server.Put(FeedRig.Execution($"e{i}", "failed", revision: 2, at: 1 + i));
        Server.Fault = (_, token) => token == "300" ? TestControlPlane.Broken : null;
        await _feed.CycleAsync();
        Server.Fault = (_, _) => null;

        await _feed.CycleAsync();

        Assert.Equal(500, _feed.Mirror.Executions.All().Count(k => k.Value.Actual.State.Known == KnownExecutionState.Failed));
    }

    [Fact]
    public async Task Cycle_StalePage_IsIgnored()
    {
        Server.Put(FeedRig.Execution("e1", "running", revision: 5, at: 10));
        await _feed.CycleAsync();
        Server.Put(FeedRig.Execution("e1", "starting", revision: 4, at: 5));

        await _feed.CycleAsync(2);

        Assert.Equal("running", _feed.Mirror.Executions.Find("e1")!.Actual.State.Name);
    }

    [Fact]
    public async Task Cycle_RevisionGoesBackWithANewerTime_IsBelieved()
    {
        Server.Put(FeedRig.Execution("e1", "running", revision: 5, at: 10));
        await _feed.CycleAsync();
        Server.Put(FeedRig.Execution("e1", "pending", revision: 1, at: 20));

        await _feed.CycleAsync();

        Assert.Equal("pending", _feed.Mirror.Executions.Find("e1")!.Actual.State.Name);
    }

    [Fact]
    public async Task Cycle_TwoExecutionsWithOneId_KeepsTheNewerAndDoesNotFlap()
    {
        Server.Put(FeedRig.Execution("e1", "running", revision: 7));
        Server.OnPage = (_, page) => page with { Items = [.. page.Items, FeedRig.Execution("e1", "failed", revision: 3)] };

        await _feed.CycleAsync(3);
        await _feed.SweepAsync();

        Assert.Equal(["→running"], _feed.StepsOf("e1"));
    }

    [Fact]
    public async Task Cycle_ServerFails_IsBlindSinceThenAndSaysWhy()
    {
        Server.Put(FeedRig.Execution("e1"));
        await _feed.CycleAsync();
        var since = _feed.Time.GetUtcNow();
        Server.Fault = (_, _) => TestControlPlane.Broken;

        await _feed.CycleAsync(3);

        Assert.Equal(since, _feed.Status.BlindSince);
        Assert.Equal("The server answered 500.", _feed.Status.Problem);
        Assert.Equal(1, _feed.Mirror.Executions.Count);

        Server.Fault = (_, _) => null;
        await _feed.CycleAsync();
        Assert.Null(_feed.Status.BlindSince);
        Assert.Equal("", _feed.Status.Problem);
    }

    [Fact]
    public async Task Cycle_OnlyNodesFail_IsAWarning()
    {
        Server.Put(FeedRig.Execution("e1"));
        Server.Fault = (call, _) => call == "nodes" ? TestControlPlane.Broken : null;

        await _feed.CycleAsync(3);

        Assert.Equal(1, _feed.Mirror.Executions.Count);
        Assert.Null(_feed.Status.BlindSince);
        Assert.Contains("nodes", _feed.Status.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cycle_RowsThatCannotBeRead_AreAWarning()
    {
        Server.Put(FeedRig.Execution("e1"));
        Server.Problems.Add("An execution without an id was left out.");

        await _feed.CycleAsync(2);

        Assert.Contains("without an id", _feed.Status.Warning, StringComparison.Ordinal);
        Assert.Equal(1, _feed.Mirror.Executions.Count);
    }

    [Fact]
    public async Task Cycle_ServerClockAhead_TellsTheSkew()
    {
        Server.ServerTime = FeedRig.Start.AddSeconds(90);

        await _feed.CycleAsync();

        Assert.Equal(90, _feed.Status.ClockSkewSeconds);
    }

    [Fact]
    public async Task Cycle_NodeHeartbeat_IsShownButNotLogged()
    {
        Server.Nodes["n1"] = new Node { Id = "n1", Connection = "connected", LastHeartbeat = FeedRig.Start };
        await _feed.CycleAsync();
        var sequence = _feed.Log.LastSequence;
        Server.Nodes["n1"] = Server.Nodes["n1"] with { LastHeartbeat = FeedRig.Start.AddSeconds(15), Revision = 9 };

        await _feed.CycleAsync();

        Assert.Equal(sequence, _feed.Log.LastSequence);
        Assert.Equal(9, _feed.Mirror.Nodes.Find("n1")!.Revision);
    }

    [Fact]
    public async Task Cycle_HeartbeatsOnSeveralPages_AreShownOfEveryPage()
    {
        Server.PageLimit = 2;
        for (var i = 0; i < 5; i++) Server.Nodes[$"n{i}"] = new Node { Id = $"n{i}", Connection = "connected", LastHeartbeat = FeedRig.Start };
        await _feed.CycleAsync(4);
        foreach (var id in Server.Nodes.Keys.ToArray()) Server.Nodes[id] = Server.Nodes[id] with { LastHeartbeat = FeedRig.Start.AddSeconds(15) };
        _feed.Time.Advance(TimeSpan.FromSeconds(6));

        await _feed.CycleAsync(4);

        Assert.All(Server.Nodes.Keys, id => Assert.Equal(FeedRig.Start.AddSeconds(15), _feed.Mirror.Nodes.Find(id)!.LastHeartbeat));
    }

    [Fact]
    public async Task Cycle_DeploymentsNotListed_AreReadAsJobsAndExecutionsNameThem()
    {
        Server.ListsDeployments = false;
        Server.Jobs["j"] = new Job { Id = "j", DeploymentId = "d1" };
        Server.Put(FeedRig.Execution("e1") with { DeploymentId = "d2" });
        Server.Deployments["d1"] = new Deployment { Id = "d1", State = "in_progress", UpdatedNodes = 1 };
        Server.Deployments["d2"] = new Deployment { Id = "d2", State = "completed" };
        await _feed.CycleAsync(2);
        Server.Deployments["d1"] = Server.Deployments["d1"] with { UpdatedNodes = 2 };

        await _feed.CycleAsync();

        Assert.Equal(2, _feed.Mirror.Deployments.Find("d1")!.UpdatedNodes);
        Assert.Equal("completed", _feed.Mirror.Deployments.Find("d2")!.State);
    }

    [Fact]
    public async Task Cycle_FirstLoadFails_StaysLoadingAndIsBlind()
    {
        Server.Put(FeedRig.Execution("e1"));
        Server.Fault = (call, _) => call == "executions" ? new ControlPlaneFailure(ControlPlaneError.Unreachable, "Refused.") : null;

        await _feed.CycleAsync();

        Assert.NotNull(_feed.Status.BlindSince);
        Assert.False(_feed.Watcher.IsLoaded);
    }
}
