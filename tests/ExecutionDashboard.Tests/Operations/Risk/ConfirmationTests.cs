using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Operations.Risk;
using ExecutionDashboard.Tests.Operations.Bulk;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Tests.Operations.Risk;

/// <summary>A command of high risk without its reason or its name is not sent, whoever asks for it: the services look, whatever a dialog does.</summary>
public sealed class ConfirmationTests : IDisposable
{
    private const int Many = AccessSettings.DefaultBulkLimit + 1;

    private static readonly Job Job = new() { Id = "j", Name = "ingest", State = "running", Version = 2 };
    private static readonly Deployment Rollout = new() { Id = "d", JobId = "j", State = "in_progress", FromVersion = 1, ToVersion = 2, TotalNodes = 200, CanaryNodes = ["n0"], CanaryPromoted = false, RollbackToVersion = 1 };

    // A job on so many nodes that each of its commands is of high risk.
    private readonly OperationRig _rig = new([FleetChange.Of(Job), FleetChange.Of(Rollout), .. Enumerable.Range(0, Many).Select(i => FleetChange.Of(Running(i)))]);

    public static TheoryData<string> Commands => [.. Ways.Keys];

    private static readonly Dictionary<string, (string Action, string Name, Func<OperationRig, Confirmation, Task<Operation>> Send)> Ways = new()
    {
        ["stop many"] = (AuditActions.StopExecution, "Stop 6", async (rig, given) => (await rig.Stop.StopExecutionsAsync([.. Enumerable.Range(0, 6).Select(i => rig.Execution($"e{i}"))], given, _ => { }, CancellationToken.None))[0]),
        ["stop job"] = (AuditActions.StopJob, "ingest", (rig, given) => rig.Stop.StopJobAsync(rig.Job("j"), given, CancellationToken.None)),
        ["rerun"] = (AuditActions.Rerun, "ingest", (rig, given) => rig.Jobs.SendAsync(OperationKind.Rerun, rig.Job("j"), given, null, CancellationToken.None)),
        ["roll back job"] = (AuditActions.Rollback, "ingest", (rig, given) => rig.Jobs.SendAsync(OperationKind.Rollback, rig.Job("j"), given, null, CancellationToken.None)),
        ["delete"] = (AuditActions.DeleteJob, "ingest", (rig, given) => rig.Jobs.SendAsync(OperationKind.DeleteJob, rig.Job("j"), given, null, CancellationToken.None)),
        ["promote"] = (AuditActions.Promote, "ingest", (rig, given) => rig.Deployments.SendAsync(OperationKind.Promote, rig.Deployment("d"), given, null, CancellationToken.None, "199 nodes")),
        ["roll back"] = (AuditActions.Rollback, "ingest", (rig, given) => rig.Deployments.SendAsync(OperationKind.Rollback, rig.Deployment("d"), given, null, CancellationToken.None, "199 nodes")),
    };

    [Theory, MemberData(nameof(Commands))]
    public async Task Send_HighRiskWithoutReasonOrName_IsRefusedAndInTheAudit(string command)
    {
        _rig.User.Show(new DashboardUser("Ada", AccessRole.Admin));
        var (action, name, send) = Ways[command];
        (Confirmation Given, string Why)[] attempts =
            [(Confirmation.None, "It needs a reason."), (new("  ", name), "It needs a reason."), (new("why"), $"It needs {name} to be typed to confirm it."), (new("why", name + "x"), $"It needs {name} to be typed to confirm it.")];

        foreach (var (given, why) in attempts)
        {
            var operation = await send(_rig, given);
            Assert.Equal((OperationPhase.Refused, true, "Refused: " + why), (operation.Phase, operation.NeedsConfirmation, operation.Summary));
        }

        Assert.Empty(_rig.Server.Calls);
        Assert.Empty(_rig.Log.All);
        await OperationRig.UntilAsync(() => _rig.Audit.Rows.Count == attempts.Length);
        Assert.Equal(
            attempts.Select(attempt => (AuditOutcome.Refused, "Ada", "10.0.0.7", action, attempt.Given.Reason, "Not sent. " + attempt.Why)),
            _rig.Audit.Rows.Select(row => (row.Entry.Outcome, row.Entry.Who, row.Entry.From, row.Entry.Action, row.Entry.Reason, row.Entry.Answer)));
        Assert.All(_rig.Audit.Rows, row => Assert.NotEqual("", row.Entry.Numbers));

        // As it is typed by people.
        Assert.Equal(OperationPhase.Accepted, (await send(_rig, new("why", $" {name.ToUpperInvariant()} "))).Phase);
        Assert.NotEmpty(_rig.Server.Calls);
    }

    [Fact]
    public void Ways_ToSendACommand_AreAllInTheTest() =>
        // One execution is always of medium risk, pausing and resuming of low.
        Assert.Equal(Enum.GetValues<OperationKind>().Select(OperationNames.ActionOf).Except([AuditActions.Pause, AuditActions.Resume]).Order(StringComparer.Ordinal), Ways.Values.Select(way => way.Action).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Send_LowAndMediumRisk_NeedNothing()
    {
        using var small = new OperationRig(FleetChange.Of(Job), FleetChange.Of(Rollout with { TotalNodes = 4 }), FleetChange.Of(Running(0)));
        foreach (var kind in new[] { OperationKind.Pause, OperationKind.Promote, OperationKind.Rollback }) Assert.Equal(OperationPhase.Accepted, (await small.Deployments.SendAsync(kind, small.Deployment("d"), Confirmation.None, null, CancellationToken.None)).Phase);
        foreach (var kind in new[] { OperationKind.Rerun, OperationKind.Rollback }) Assert.Equal(OperationPhase.Accepted, (await small.Jobs.SendAsync(kind, small.Job("j"), Confirmation.None, null, CancellationToken.None)).Phase);

        Assert.Equal(OperationPhase.Accepted, (await small.Stop.StopExecutionAsync(small.Execution("e0"), Confirmation.None, CancellationToken.None)).Phase);
    }

    [Theory]
    [InlineData(BulkAction.StopExecutions, "Stop 51")]
    [InlineData(BulkAction.StopJobs, "Stop 1")]
    [InlineData(BulkAction.RerunJobs, "Rerun 1")]
    public async Task StartBulk_WithoutReasonOrPhrase_IsRefusedAndInTheAudit(BulkAction action, string phrase)
    {
        _rig.User.Show(new DashboardUser("Ada", AccessRole.Admin));
        _rig.Status(new FeedStatus { LogId = "log", LastSuccessAt = _rig.Time.GetUtcNow() });
        var feed = new TakenRuns();
        var operations = new BulkOperations(feed, _rig.Server, _rig.Replica, _rig.User, _rig.Origin, new(new(), new NoPeople()), Options.Create(new BulkOptions()), _rig.Rights, _rig.Door);
        var target = new BulkTarget(ExecutionDashboard.Fleet.Store.Queries.ExecutionQuery.All, null);
        Task<BulkStarted> StartAsync(Confirmation given) => operations.StartAsync(new(target, "", given, 10, TimeSpan.Zero, "10 %"), operations.Preview(action, target), "run1", CancellationToken.None);

        Assert.Equal((null, "It needs a reason."), await StartAsync(new("", phrase)) is var first ? (first.Run, first.Problem) : default);
        Assert.Equal((null, $"It needs {phrase} to be typed to confirm it."), await StartAsync(new("why", "yes")) is var second ? (second.Run, second.Problem) : default);

        Assert.Empty(feed.Started);
        await OperationRig.UntilAsync(() => _rig.Audit.Rows.Count == 2);
        Assert.All(_rig.Audit.Rows, row => Assert.Equal((AuditOutcome.Refused, AuditActions.StartBulk, "Ada", "10.0.0.7"), (row.Entry.Outcome, row.Entry.Action, row.Entry.Who, row.Entry.From)));
        Assert.Equal(["Not started. It needs a reason.", $"Not started. It needs {phrase} to be typed to confirm it."], _rig.Audit.Rows.Select(row => row.Entry.Answer));

        // What cannot be read narrows nothing: a run for it would be for everything.
        var odd = new BulkTarget(ExecutionDashboard.Fleet.Store.Queries.ExecutionQuery.Parse("filter=stat:failed"), null);
        Assert.Contains("'stat:failed'", (await operations.StartAsync(new(odd, "", new("why", phrase), 10, TimeSpan.Zero, "10 %"), operations.Preview(action, odd), "run2", CancellationToken.None)).Problem, StringComparison.Ordinal);
        Assert.Empty(feed.Started);

        Assert.NotNull((await StartAsync(new("why", phrase))).Run);
        Assert.Equal("why", Assert.Single(feed.Started).Run!.Reason);
    }

    public void Dispose() => _rig.Dispose();

    private static Execution Running(int i) => new() { Id = $"e{i}", JobId = "j", DeploymentId = "d", NodeId = $"n{i}", JobVersion = 2, Revision = 1, Actual = new(ExecutionState.Of(KnownExecutionState.Running)), Desired = new(ExecutionState.Of(KnownExecutionState.Running)) };
}
