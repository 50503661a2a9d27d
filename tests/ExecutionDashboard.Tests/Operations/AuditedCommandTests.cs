using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>No command without its row in the audit, and what the rows say.</summary>
public sealed class AuditedCommandTests : IDisposable
{
    private static readonly Job Job = new() { Id = "j", Name = "ingest", State = "running", Version = 3, Revision = 7 };

    private readonly OperationRig _rig = new(
        FleetChange.Of(Job), FleetChange.Of(new Execution { Id = "e", JobId = "j", NodeId = "n", Revision = 1, Actual = new(ExecutionState.Of(KnownExecutionState.Running)) }));

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Command_SeenInTheFeed_HasWhoWhatWhyAndWhatFollowed()
    {
        _rig.User.Show(new DashboardUser("Ann", AccessRole.Operator));
        await _rig.Stop.StopExecutionAsync(_rig.Execution("e"), new("it leaks, password=hunter2secret9"), CancellationToken.None);
        _rig.Feed(FleetChange.Of(new Execution { Id = "e", JobId = "j", NodeId = "n", Revision = 2, Actual = new(ExecutionState.Of(KnownExecutionState.Stopped)) }));
        await _rig.EndedAsync("e");
        await OperationRig.UntilAsync(() => _rig.Audit.Outcomes == "asked accepted seen");

        var rows = _rig.Audit.Rows;
        var entry = rows[0].Entry;
        Assert.Equal(("Ann", "operator", "10.0.0.7", AuditActions.StopExecution, "1 execution, running"), (entry.Who, entry.Role, entry.From, entry.Action, entry.Numbers));
        Assert.Equal(new AuditTarget(AuditTarget.Execution, "e", "ingest on n"), entry.Target);
        Assert.StartsWith("it leaks", entry.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2secret9", entry.Reason, StringComparison.Ordinal);
        Assert.Equal("stopped", rows[2].Entry.Answer);
        Assert.Single(rows.Select(row => row.Entry.Act).Distinct());
    }

    [Fact]
    public async Task Command_AuditCannotBeWritten_IsNotSentAndSaysWhy()
    {
        _rig.Audit.Problem = "The audit cannot be written (disk full).";

        var operation = await _rig.Stop.StopJobAsync(_rig.Job("j"), new("why", "ingest"), CancellationToken.None);

        Assert.Equal((OperationPhase.Refused, OperationResult.Refused), (operation.Phase, operation.Result));
        Assert.Equal("Refused: The audit cannot be written, and nothing is sent that is not in it. The audit cannot be written (disk full).", operation.Summary);
        Assert.Empty(_rig.Server.Calls);
        Assert.Null(_rig.Log.Of("j"));
    }

    [Fact]
    public async Task Command_RefusedByTheServerOrTheRole_SaysWhichInTheAudit()
    {
        _rig.Server.Fault = (_, _) => new(ControlPlaneError.Conflict, "It moves.", 409);
        await _rig.Jobs.SendAsync(OperationKind.Rerun, _rig.Job("j"), new(), null, CancellationToken.None);
        _rig.User.Show(new DashboardUser("Vera", AccessRole.Viewer));
        await _rig.Jobs.SendAsync(OperationKind.DeleteJob, _rig.Job("j"), new(), null, CancellationToken.None);
        await _rig.Stop.StopExecutionsAsync([_rig.Execution("e"), _rig.Execution("f")], new("all"), _ => { }, CancellationToken.None);

        await OperationRig.UntilAsync(() => _rig.Audit.Outcomes == "asked failed refused refused");
        Assert.Equal(["1 execution on 1 node", "1 execution on 1 node", "1 execution on 1 node", "2 executions"], _rig.Audit.Rows.Select(row => row.Entry.Numbers));
        Assert.Equal(
            ["", "Refused: It moves.", "This needs the role admin; you are viewer.", "This needs the role operator; you are viewer."], _rig.Audit.Rows.Select(row => row.Entry.Answer.Replace(" It is running now.", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Results_AuditCannotBeWrittenMeanwhile_FollowInOrderOnceItCan()
    {
        await _rig.Stop.StopJobAsync(_rig.Job("j"), new("why", "ingest"), CancellationToken.None);
        await OperationRig.UntilAsync(() => _rig.Audit.Outcomes == "asked accepted");
        _rig.Audit.Problem = "No.";
        _rig.Time.Advance(OperationLog.SeenLimit);
        await OperationRig.UntilAsync(() => _rig.Trail.Waiting == 1);
        _rig.User.Show(new DashboardUser("", AccessRole.None, "Your sign-in ended."));
        _rig.Door.Refused(AuditActions.Pause, AuditTarget.None, "", "", "no");
        Assert.Equal("asked accepted", _rig.Audit.Outcomes);

        _rig.Audit.Problem = null;
        await OperationRig.UntilAsync(() =>
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            return _rig.Audit.Outcomes == "asked accepted not_seen refused";
        });
        Assert.Equal(("somebody at 10.0.0.7", "none"), (_rig.Audit.Rows[3].Entry.Who, _rig.Audit.Rows[3].Entry.Role));
        Assert.Equal(0, _rig.Trail.Waiting);
    }

    [Fact]
    public async Task Take_RowsOfAnotherDashboard_AreItsCommandsHere()
    {
        await _rig.Stop.StopJobAsync(_rig.Job("j"), new("leak", "ingest"), CancellationToken.None);
        await OperationRig.UntilAsync(() => _rig.Audit.Outcomes == "asked accepted");
        using var other = new OperationRig(FleetChange.Of(Job));
        using var follow = new ExecutionDashboard.Operations.Audit.OperationFollow(other.Replica, other.Log, _rig.Audit, other.Signals, other.Time, NullLogger<ExecutionDashboard.Operations.Audit.OperationFollow>.Instance);
        other.Status(new FeedStatus { LogId = "log", AuditVersion = 2 });

        Assert.Null(await follow.ReadAsync(CancellationToken.None));

        var there = other.Log.Of("j")!;
        Assert.Equal((OperationPhase.Accepted, OperationKind.StopJob, "leak", "somebody at 10.0.0.7"), (there.Phase, there.Kind, there.Reason, there.By));
        Assert.Contains("accepted", other.Jobs.WhyNot(OperationKind.Rerun, "j"), StringComparison.Ordinal);
        // Its own rows come back to the one that sent it, and change nothing.
        var own = _rig.Log.Of("j");
        _rig.Log.Take(_rig.Audit.Rows);
        Assert.Same(own, _rig.Log.Of("j"));

        _rig.Time.Advance(OperationLog.SeenLimit);
        await OperationRig.UntilAsync(() => _rig.Audit.Rows.Count == 3);
        other.Status(new FeedStatus { LogId = "log", AuditVersion = 3 });
        Assert.Null(await follow.ReadAsync(CancellationToken.None));
        Assert.Equal(OperationPhase.NotSeen, other.Log.Of("j")!.Phase);
        Assert.Equal("", other.Jobs.WhyNot(OperationKind.Rerun, "j"));
        Assert.Single(other.Log.All);
    }

    [Fact]
    public void Take_AnyOrderAndRepetition_EndsWithTheSame()
    {
        var entry = new AuditEntry { Act = "a", At = _rig.Time.GetUtcNow(), Who = "Ann", Action = AuditActions.Rerun, Target = new(AuditTarget.Job, "j", "ingest") };
        AuditRow[] rows = [Row(1, AuditOutcome.Asked), Row(2, AuditOutcome.Accepted), Row(3, AuditOutcome.Unknown, "?"), Row(4, AuditOutcome.Seen, "restarting")];
        CsCheck.Check.Sample(CsCheck.Gen.Shuffle(rows), shuffled =>
        {
            using var rig = new OperationRig();
            rig.Log.Take(shuffled);
            foreach (var row in shuffled) rig.Log.Take([row]);
            Assert.Equal((OperationPhase.Seen, "Rerun started", "Ann"), (rig.Log.Of("j")!.Phase, rig.Log.Of("j")!.Summary, rig.Log.Of("j")!.By));
            Assert.Single(rig.Log.All);
        }, iter: 24, threads: 1);

        AuditRow Row(long number, AuditOutcome outcome, string answer = "") => new(number, entry.At, "", entry with { Outcome = outcome, Answer = answer });
    }

    [Fact]
    public void Take_MoreThanAreKept_ForgetsTheOldestEndedOnes()
    {
        _rig.Log.Take([.. Enumerable.Range(1, OperationLog.Kept + 10).Select(i => new AuditRow(i, _rig.Time.GetUtcNow(), "", new AuditEntry
        {
            Act = $"{i}", At = _rig.Time.GetUtcNow(), Who = "Ann", Action = AuditActions.StopExecution, Target = new(AuditTarget.Execution, $"e{i}"), Outcome = i == 1 ? AuditOutcome.Asked : AuditOutcome.Failed, Answer = "No.",
        }))]);

        Assert.InRange(_rig.Log.All.Count(), OperationLog.Kept / 2, OperationLog.Kept);
        // What is under way is never forgotten.
        Assert.NotNull(_rig.Log.Of("e1"));
        Assert.Null(_rig.Log.Of("e2"));
        Assert.Equal("No.", _rig.Log.Of($"e{OperationLog.Kept + 10}")!.Summary);
    }
}
