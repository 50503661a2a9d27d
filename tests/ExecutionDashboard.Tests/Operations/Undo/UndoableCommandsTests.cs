using ExecutionDashboard.Fleet;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Undo;

namespace ExecutionDashboard.Tests.Operations.Undo;

/// <summary>Low-risk commands wait, and are sent unless they are undone, whatever becomes of the tab.</summary>
public sealed class UndoableCommandsTests : IDisposable
{
    private static readonly Deployment Rollout = new() { Id = "d", JobId = "j", State = "in_progress", FromVersion = 1, ToVersion = 2, Revision = 1 };

    private readonly OperationRig _rig = new(FleetChange.Of(Rollout), FleetChange.Of(new Job { Id = "j", State = "deploying", Version = 2 }));
    private readonly UndoableCommands _tab;

    public UndoableCommandsTests() => _tab = _rig.Tab();

    [Fact]
    public async Task Ask_NotUndone_IsSentWhenTheTimeIsOver()
    {
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");
        _rig.Time.Advance(DelayedCommands.Delay - TimeSpan.FromMilliseconds(1));
        Assert.True(Assert.Single(_tab.Mine).IsWaiting);
        Assert.Empty(_rig.Server.Calls);
        Assert.Equal("Pause is about to be sent.", _rig.Deployments.WhyNot(OperationKind.Promote, Rollout));

        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        await OperationRig.UntilAsync(() => _tab.Mine.Count == 0);
        Assert.Equal(["pause"], _rig.Server.Calls);
        Assert.Equal(OperationPhase.Accepted, _rig.Log.Of("d")!.Phase);
    }

    [Fact]
    public async Task Undo_InTime_SendsNothingAndIsInTheAudit()
    {
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");

        Assert.True(_tab.Undo(_tab.Mine[0].Number));

        _rig.Time.Advance(DelayedCommands.Delay * 2);
        Assert.Empty(_tab.Mine);
        Assert.Empty(_rig.Server.Calls);
        Assert.Equal("", _rig.Deployments.WhyNot(OperationKind.Pause, Rollout));
        await OperationRig.UntilAsync(() => _rig.Audit.Rows.Count > 0);
        Assert.Equal(("pause", "d", "Not sent: undone by the person who asked for it."), (_rig.Audit.Rows[0].Entry.Action, _rig.Audit.Rows[0].Entry.Target.Id, _rig.Audit.Rows[0].Entry.Answer));
    }

    [Fact]
    public async Task Undo_TooLate_SaysSo()
    {
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");
        var number = _tab.Mine[0].Number;
        _rig.Time.Advance(DelayedCommands.Delay);

        Assert.False(_tab.Undo(number));
        await OperationRig.UntilAsync(() => _rig.Server.Calls.Contains("pause"));
    }

    // Undo and the end of the time at once, again and again: it is sent, or it was undone, never both and never neither.
    [Fact]
    public async Task Undo_AtTheLastMoment_IsUndoneOrSent()
    {
        for (var i = 0; i < 50; i++)
        {
            using var rig = new OperationRig(FleetChange.Of(Rollout));
            var tab = rig.Tab();
            tab.Ask(OperationKind.Pause, "d", "ingest", "");
            var number = tab.Mine[0].Number;
            var undo = Task.Run(() => tab.Undo(number));
            rig.Time.Advance(DelayedCommands.Delay);
            var undone = await undo;
            await OperationRig.UntilAsync(() => tab.Mine.Count == 0);
            Assert.Equal(undone ? 0 : 1, rig.Server.Calls.Count);
        }
    }

    [Fact]
    public void Ask_WhileOneWaits_IsNotTakenTwice()
    {
        var other = _rig.Tab();
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");
        other.Ask(OperationKind.Pause, "d", "ingest", "");
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");

        Assert.Single(_tab.Mine);
        Assert.Empty(other.Mine);
    }

    [Fact]
    public async Task Tab_ClosedWhileItWaits_IsSentAllTheSame()
    {
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");
        _tab.Dispose();
        Assert.Empty(_tab.Mine);

        _rig.Time.Advance(DelayedCommands.Delay);

        await OperationRig.UntilAsync(() => _rig.Delayed.Of("d") is null);
        Assert.Equal(["pause"], _rig.Server.Calls);
    }

    [Fact]
    public async Task Stop_OfTheProcess_SendsWhatWaits()
    {
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");

        await _rig.Delayed.StopAsync(CancellationToken.None);

        Assert.Equal(["pause"], _rig.Server.Calls);
        _rig.Time.Advance(DelayedCommands.Delay);
        Assert.Single(_rig.Server.Calls);
    }

    [Fact]
    public async Task Sent_MovedMeanwhile_IsAskedAgain()
    {
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");
        _rig.Feed(FleetChange.Of(Rollout with { ToVersion = 3, Revision = 2 }));
        _rig.Time.Advance(DelayedCommands.Delay);
        await OperationRig.UntilAsync(() => _tab.Mine is [{ Answer: not null }]);
        Assert.Equal("Pause not sent. It rolled out version 2 when you asked; it rolls out version 3.", _tab.Mine[0].Answer!.Summary);
        Assert.Empty(_rig.Server.Calls);
        Assert.Equal("", _tab.WhyNot(_tab.Mine[0]));

        _tab.Insist(_tab.Mine[0].Number);
        Assert.True(Assert.Single(_tab.Mine).IsWaiting);
        _rig.Time.Advance(DelayedCommands.Delay);

        await OperationRig.UntilAsync(() => _tab.Mine.Count == 0);
        Assert.Equal(["pause"], _rig.Server.Calls);
    }

    [Fact]
    public async Task Sent_RoleLostMeanwhile_IsNotSentAndSaysWhy()
    {
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");
        _rig.User.Real = new DashboardUser("Ann", AccessRole.Viewer);
        _rig.Time.Advance(DelayedCommands.Delay);

        await OperationRig.UntilAsync(() => _tab.Mine is [{ Answer: not null }]);
        Assert.Equal("Not allowed: This needs the role operator; you are viewer.", _tab.Mine[0].Answer!.Summary);
        Assert.Empty(_rig.Server.Calls);
        _tab.Dismiss(_tab.Mine[0].Number);
        Assert.Empty(_tab.Mine);
    }

    [Fact]
    public void Ask_NotPossibleOrNotAllowed_DoesNothing()
    {
        _tab.Ask(OperationKind.Resume, "d", "ingest", "");
        _tab.Ask(OperationKind.Pause, "nowhere", "ingest", "");
        _rig.User.Show(new DashboardUser("Vera", AccessRole.Viewer));
        _tab.Ask(OperationKind.Pause, "d", "ingest", "");

        Assert.Empty(_tab.Mine);
        Assert.True(_tab.Takes(OperationKind.Resume));
        Assert.False(_tab.Takes(OperationKind.Promote));
    }

    public void Dispose()
    {
        _tab.Dispose();
        _rig.Dispose();
    }
}
