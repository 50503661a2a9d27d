using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Tests.Operations.Bulk;

/// <summary>The driver of bulk runs: waves, limits, orders, and what it does when answers or data are missing.</summary>
public sealed class BulkDriverTests : IDisposable
{
    private readonly BulkRig _rig = new();

    [Fact]
    public async Task Run_TwoWaves_SecondBeginsAfterEffectAndPause()
    {
        _rig.Begin(3, waveSize: 2, pause: TimeSpan.FromSeconds(20));
        var driver = _rig.Driver("d");
        await driver.SettleAsync();
        Assert.Equal("Accepted Accepted Waiting", _rig.Phases);

        Stop(0);
        await driver.SettleAsync();
        Assert.Equal("Seen Accepted Waiting", _rig.Phases);

        Stop(1);
        await driver.SettleAsync();
        Assert.Equal(("Seen Seen Waiting", 1, BulkRig.Noon + TimeSpan.FromSeconds(20)), (_rig.Phases, _rig.Run.Wave, _rig.Run.WaveAt));

        _rig.Time.Advance(TimeSpan.FromSeconds(20));
        await driver.SettleAsync();
        Stop(2);
        await driver.SettleAsync();
        Assert.Equal(("Seen Seen Seen", BulkState.Finished), (_rig.Phases, _rig.Run.State));
        Assert.Equal(3, _rig.Server.Calls.Count(c => c == "stop"));
        Assert.Equal(["stop execution e0 Seen", "stop execution e1 Seen", "stop execution e2 Seen", "finish bulk run r1 Done"], _rig.Audit.Select(a => $"{a.Action} {a.Target.Id} {a.Outcome}"));
    }

    [Fact]
    public async Task Run_MoreFailuresThanMay_HaltsAndGoesOnWhenResumed()
    {
        _rig.Server.Fault = (call, id) => call == "stop" && id is "e0" or "e1" ? new(ControlPlaneError.Conflict, "Not now.", 409) : null;
        _rig.Server.Put(BulkRig.Execution("e0", KnownExecutionState.Validating));
        _rig.Begin(4, waveSize: 2, limit: 1);
        var driver = _rig.Driver("d");

        await driver.SettleAsync();

        Assert.Equal(("Conflict Conflict Waiting Waiting", BulkState.Halted, "2 failed, 1 may."), (_rig.Phases, _rig.Run.State, _rig.Run.StateReason));
        Assert.Equal("Not now. It is validating now.", _rig.Items[0].Note);
        Assert.Contains(_rig.Audit, a => a.Action == AuditActions.HaltBulk && a.Answer == "2 failed, 1 may.");

        Assert.Null(_rig.Store.Order("r1", new(BulkOrderKind.Resume, "Bob")).Refusal);
        await driver.SettleAsync();
        Assert.Equal(("Conflict Conflict Accepted Accepted", BulkState.Running), (_rig.Phases, _rig.Run.State));

        _rig.Server.Fault = (_, _) => null;
        Assert.Null(_rig.Store.Order("r1", new(BulkOrderKind.Retry, "Bob", [1])).Refusal);
        Stop(2, 3);
        await driver.SettleAsync();
        Assert.Equal(("Conflict Accepted Seen Seen", 3), (_rig.Phases, _rig.Run.Waves));
    }

    [Fact]
    public async Task Sent_NoAnswer_IsDecidedByWhatIsSeenAndNeverSentAgain()
    {
        _rig.Server.Fault = (call, _) => call == "stop" ? new(ControlPlaneError.Unreachable, "It broke.") : null;
        _rig.Begin(2);
        var driver = _rig.Driver("d");
        await driver.SettleAsync();
        Assert.Equal(("Sent Sent", 2), (_rig.Phases, _rig.Run.Counts.Failed));

        Stop(0);
        await driver.SettleAsync();
        _rig.Time.Advance(_rig.Options.SeenLimit);
        await driver.SettleAsync();

        Assert.Equal(("Seen NotSeen", 2), (_rig.Phases, _rig.Server.Calls.Count(c => c == "stop")));
        Assert.Equal("No answer, and not seen after 30 s.", _rig.Items[1].Note);
    }

    [Fact]
    public async Task Data_IsNotCurrent_NothingIsSentAndNoTimeRuns()
    {
        _rig.Begin(1);
        _rig.Feed(blind: true);
        var driver = _rig.Driver("d");
        await driver.SettleAsync();
        Assert.Equal("Waiting", _rig.Phases);

        _rig.Feed();
        await driver.SettleAsync();
        _rig.Feed(blind: true);
        await driver.SettleAsync();
        _rig.Time.Advance(TimeSpan.FromHours(1));
        _rig.Feed();
        await driver.SettleAsync();
        Assert.Equal("Accepted", _rig.Phases);
    }

    [Fact]
    public async Task Starter_LostTheRole_HaltsBeforeTheNextWave()
    {
        _rig.Begin(60, waveSize: 30);
        var driver = _rig.Driver("d");
        await driver.SettleAsync();
        _rig.People.Roles["Ann"] = AccessRole.Operator;
        Stop([.. Enumerable.Range(0, 30)]);
        await driver.SettleAsync();

        Assert.Equal((BulkState.Halted, "Ann no longer has the role admin that it needs.", 30), (_rig.Run.State, _rig.Run.StateReason, _rig.Run.Counts.Waiting));
    }

    [Theory]
    [InlineData(ControlPlaneError.NotOffered)]
    [InlineData(ControlPlaneError.Unauthorized)]
    public async Task Answer_HoldsForAll_HaltsAtOnce(ControlPlaneError error)
    {
        _rig.Server.Fault = (call, _) => call == "stop" ? new(error, "Not here.") : null;
        _rig.Begin(40, waveSize: 1);

        await _rig.Driver("d").SettleAsync();

        Assert.Equal((BulkState.Halted, "Not here.", 39), (_rig.Run.State, _rig.Run.StateReason, _rig.Run.Counts.Waiting));
    }

    [Fact]
    public async Task Rerun_NewRollout_IsSeen()
    {
        _rig.Feed(FleetChange.Of(new Deployment { Id = "d0", JobId = "j0", Type = "restart", State = "completed", CreatedAt = BulkRig.Noon }));
        _rig.Begin(2, action: BulkAction.RerunJobs);
        var driver = _rig.Driver("d");
        await driver.SettleAsync();
        Assert.Equal("Accepted Accepted", _rig.Phases);

        _rig.Feed(FleetChange.Of(new Deployment { Id = "d0", JobId = "j0", Type = "restart", State = "in_progress", CreatedAt = BulkRig.Noon.AddMinutes(1) }), FleetChange.Of(new Job { Id = "j1", Name = "j1", State = "deleted" }));
        await driver.SettleAsync();

        Assert.Equal("Seen Seen", _rig.Phases);
        Assert.Equal(["restarting", "gone"], _rig.Items.Select(i => i.Note));
    }

    [Fact]
    public async Task Lease_AnotherDrives_FirstOneIsRefused()
    {
        _rig.Begin(4, waveSize: 1, pause: TimeSpan.FromSeconds(1));
        var (first, second) = (_rig.Driver("d1"), _rig.Driver("d2"));
        await first.SettleAsync();
        await second.SettleAsync();
        Assert.Equal("d1", _rig.Store.Lease("d2").Holder);

        _rig.Time.Advance(BulkLimits.Lease);
        Stop(0);
        await second.SettleAsync();
        await first.SettleAsync();

        Assert.Equal(("d2", 2L), (_rig.Store.Lease("d2").Holder, _rig.Store.Lease("d2").Epoch));
        Assert.NotNull(_rig.Store.Write("r1", new("d1", 1, [new(1, BulkPhase.Sent)])).Refusal);
        Assert.Equal("d2", _rig.Run.Driver);
    }

    [Fact]
    public void Store_SentTwice_IsRefused()
    {
        _rig.Begin(1);
        var lease = _rig.Store.Lease("d");
        Assert.Null(_rig.Store.Write("r1", new("d", lease.Epoch, [new(0, BulkPhase.Sent)])).Refusal);
        Assert.Null(_rig.Store.Write("r1", new("d", lease.Epoch, [new(0, BulkPhase.Accepted)])).Refusal);
        Assert.NotNull(_rig.Store.Write("r1", new("d", lease.Epoch, [new(0, BulkPhase.Sent)])).Refusal);
        Assert.Equal(1, _rig.Items[0].Attempts);
    }

    [Fact]
    public async Task Approval_OfTheSamePersonOrTooLate_IsRefused()
    {
        _rig.Begin(1, approveWithin: TimeSpan.FromMinutes(10));
        var driver = _rig.Driver("d");
        await driver.SettleAsync();
        Assert.Equal(("Waiting", BulkState.AwaitingApproval), (_rig.Phases, _rig.Run.State));
        Assert.Equal("A second person must approve it: you started it.", _rig.Store.Order("r1", new(BulkOrderKind.Approve, " ann ")).Refusal);
        Assert.Equal("Nobody is signed in who could approve it.", _rig.Store.Order("r1", new(BulkOrderKind.Approve, "")).Refusal);

        _rig.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("The time to approve it is over.", _rig.Store.Order("r1", new(BulkOrderKind.Approve, "Bob")).Refusal);
        await driver.SettleAsync();
        Assert.Equal(("Canceled", BulkState.NotApproved), (_rig.Phases, _rig.Run.State));
    }

    [Fact]
    public async Task Approval_OfAnother_SetsItGoing()
    {
        _rig.Begin(1, approveWithin: TimeSpan.FromMinutes(10));
        Assert.Equal("Bob", _rig.Store.Order("r1", new(BulkOrderKind.Approve, "Bob")).Run!.ApprovedBy);

        await _rig.Driver("d").SettleAsync();

        Assert.Equal("Accepted", _rig.Phases);
    }

    [Fact]
    public async Task Feed_Restarts_NothingIsForgotten()
    {
        _rig.Begin(3, waveSize: 1);
        await _rig.Driver("d").SettleAsync();
        var before = System.Text.Json.JsonSerializer.Serialize((_rig.Run, _rig.Items));

        _rig.RestartFeed();

        Assert.Equal(before, System.Text.Json.JsonSerializer.Serialize((_rig.Run, _rig.Items)));
        Assert.Equal("d", _rig.Store.Lease("other").Holder);
        Assert.Equal(1, _rig.Store.Lease("d").Epoch);
    }

    public void Dispose() => _rig.Dispose();

    private void Stop(params int[] numbers) =>
        _rig.Feed([.. numbers.Select(n => FleetChange.Of(BulkRig.Execution($"e{n}", KnownExecutionState.Stopping, KnownExecutionState.Stopped)))]);
}
