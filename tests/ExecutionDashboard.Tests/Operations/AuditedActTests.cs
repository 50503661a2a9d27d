using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Operations;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.Bulk;
using ExecutionDashboard.Operations.UserData;
using ExecutionDashboard.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>What people do beside commands is in the audit: who, when, from where, what, on what; and so is what was refused.</summary>
public sealed class AuditedActTests : IAsyncLifetime
{
    private static readonly Problem Stuck = new() { Id = "stuck-starting/j@1", Cause = ProblemCause.StuckStarting, Severity = ProblemSeverity.Warning, Since = PageRig.Start, Summary = "1 execution does not start." };

    private readonly TestUser _user = new();
    private readonly PageRig _rig;

    public AuditedActTests() => _rig = new PageRig(services => services.AddScoped<ICurrentUser>(_ => _user).AddScoped<IClientOrigin>(_ => new TestOrigin()));

    public async Task InitializeAsync()
    {
        _user.Show(new DashboardUser("Ada", AccessRole.Admin) { Key = "ada" });
        _rig.Load(PageRig.Good, FleetChange.Of(new Job { Id = "job-1", Name = "ingest", State = "running", Version = 1 }), PageRig.Execution("e1"), PageRig.Execution("e2"));
        _rig.Show(Stuck);
        await _rig.ReadUserDataAsync();
        await _rig.Services.GetRequiredService<AuditTrail>().StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _rig.Services.GetRequiredService<AuditTrail>().StopAsync(CancellationToken.None);
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task Problem_AcknowledgedEndedCommented_HasARowForEach()
    {
        var problems = _rig.Services.GetRequiredService<ProblemOperations>();
        Task<string?>[] Each() =>
            [problems.AcknowledgeAsync(Stuck.Id, "", PageRig.Start + TimeSpan.FromHours(2)), problems.UnacknowledgeAsync(Stuck.Id, ""), problems.CommentAsync(Stuck.Id, "", "The site is being moved.")];
        foreach (var act in Each()) Assert.Null(await act);
        var target = new AuditTarget(AuditTarget.Problem, Stuck.Id, Stuck.Summary);
        (string, AuditTarget, string)[] acts =
            [(AuditActions.Acknowledge, target, "until 2026-11-01 14:00 UTC"), (AuditActions.Unacknowledge, target, ""), (AuditActions.Comment, target, "The site is being moved.")];
        await AssertDoneAsync(acts);

        _user.Show(new DashboardUser("Vera", AccessRole.Viewer));
        foreach (var act in Each()) Assert.Equal("This needs the role operator; you are viewer.", await act);
        await AssertRefusedAsync(acts.Length * 2, [.. acts.Select(act => act.Item1)]);
    }

    [Fact]
    public async Task Bulk_StartedAndOrdered_HasARowForEach()
    {
        var operations = _rig.Services.GetRequiredService<BulkOperations>();
        var preview = operations.Preview(BulkAction.StopExecutions, new(ExecutionQuery.All, null));
        Assert.NotNull((await operations.StartAsync(new(new(ExecutionQuery.All, null), "", new("Moving", "Stop 2"), 1, TimeSpan.Zero, "0"), preview, "run1", CancellationToken.None)).Run);
        var run = new BulkRun { Id = "run1", Executions = 2, Counts = BulkCounts.Of([new BulkItem { Id = "e1", Phase = BulkPhase.Conflict }, new BulkItem { Id = "e2", Phase = BulkPhase.NotSeen }]) };
        foreach (var kind in Enum.GetValues<BulkOrderKind>()) Assert.Equal("", await operations.OrderAsync(kind, run, null, CancellationToken.None));
        var target = new AuditTarget(AuditTarget.BulkRun, "run1", "stop executions");
        (string, AuditTarget, string)[] acts =
        [
            (AuditActions.StartBulk, target, "Moving"), (AuditActions.ApproveBulk, target, ""), (AuditActions.RejectBulk, target, ""), (AuditActions.PauseBulk, target, ""), (AuditActions.ResumeBulk, target, ""), (AuditActions.CancelBulk, target, ""),
            (AuditActions.RetryBulk, target, ""),
        ];
        await AssertDoneAsync(acts);
        Assert.Equal(["2 executions: 2 executions on 1 nodes of 1 jobs", "2 items"], _rig.Audit.Rows.Where(row => row.Entry.Outcome == AuditOutcome.Asked && row.Entry.Numbers.Length > 0).Select(row => row.Entry.Numbers));

        _user.Show(new DashboardUser("Vera", AccessRole.Viewer));
        Assert.NotEqual("", (await operations.StartAsync(new(new(ExecutionQuery.All, null), "", new("Moving", "Stop 2"), 1, TimeSpan.Zero, "0"), preview, "run2", CancellationToken.None)).Problem);
        foreach (var kind in Enum.GetValues<BulkOrderKind>()) Assert.Equal("This needs the role operator; you are viewer.", await operations.OrderAsync(kind, run, null, CancellationToken.None));
        await AssertRefusedAsync(acts.Length * 2, [.. acts.Select(act => act.Item1)]);
    }

    [Fact]
    public async Task SharedView_SavedAndDeleted_HasARowForEachAndForWhatWasRefused()
    {
        var views = _rig.Services.GetRequiredService<ViewOperations>();
        var (saved, _) = await views.CreateAsync("executions", "Lost ones", "state=lost", isShared: true);
        Assert.Equal("", await views.DeleteAsync(saved!));
        var target = new AuditTarget(AuditTarget.View, saved!.Id, "Lost ones");
        await OperationRig.UntilAsync(() => _rig.Audit.Rows.Count == 2);
        Assert.Equal(
            [(AuditOutcome.Done, "Ada", "10.0.0.7", AuditActions.SaveView, target, "executions?state=lost"), (AuditOutcome.Done, "Ada", "10.0.0.7", AuditActions.DeleteView, target, "")],
            _rig.Audit.Rows.Select(row => (row.Entry.Outcome, row.Entry.Who, row.Entry.From, row.Entry.Action, row.Entry.Target, row.Entry.Answer)));

        _user.Show(new DashboardUser("Vera", AccessRole.Viewer) { Key = "vera" });
        Assert.Null((await views.CreateAsync("executions", "Lost ones", "", isShared: true)).Saved);
        Assert.NotEqual("", await views.DeleteAsync(saved));
        await AssertRefusedAsync(2, AuditActions.SaveView, AuditActions.DeleteView);
    }

    [Fact]
    public async Task Rollback_TriedWithoutTheRole_HasARow()
    {
        _user.Show(new DashboardUser("Vera", AccessRole.Viewer));

        Assert.False((await _rig.Services.GetRequiredService<JobOperations>().TryRollbackAsync("job-1", null, CancellationToken.None)).Succeeded);

        await AssertRefusedAsync(0, AuditActions.Rollback);
    }

    // Each act is asked and done, in the name of Ada.
    private async Task AssertDoneAsync(IReadOnlyList<(string Action, AuditTarget Target, string Reason)> acts)
    {
        await OperationRig.UntilAsync(() => _rig.Audit.Rows.Count == acts.Count * 2);
        foreach (var outcome in (AuditOutcome[])[AuditOutcome.Asked, AuditOutcome.Done])
            Assert.Equal(
                acts.Select(act => ("Ada", "admin", "10.0.0.7", _rig.Time.GetUtcNow(), act.Action, act.Target, act.Reason)),
                _rig.Audit.Rows.Where(row => row.Entry.Outcome == outcome).Select(row => (row.Entry.Who, row.Entry.Role, row.Entry.From, row.Entry.At, row.Entry.Action, row.Entry.Target, row.Entry.Reason)));
    }

    // Each act is refused to Vera.
    private async Task AssertRefusedAsync(int before, params string[] actions)
    {
        await OperationRig.UntilAsync(() => _rig.Audit.Rows.Count == before + actions.Length);
        Assert.Equal(
            actions.Select(action => (AuditOutcome.Refused, "Vera", "viewer", "10.0.0.7", action, "This needs the role operator; you are viewer.")),
            _rig.Audit.Rows.Skip(before).Select(row => (row.Entry.Outcome, row.Entry.Who, row.Entry.Role, row.Entry.From, row.Entry.Action, row.Entry.Answer)));
    }
}
