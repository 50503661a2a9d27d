using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Operations;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.IntegrationTests.Audit;

/// <summary>The audit over the real hub and database: two dashboards on one feed, a feed that is killed, a row that is edited.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Command_OfOneDashboard_IsAtTheOtherAndThereAfterTheFeedWasKilled()
    {
        await using var parts = new SplitParts(new() { ["Nodes"] = "20", ["Jobs"] = "4", ["ChangesPerSecond"] = "0" }, new() { ["ControlPlane:PollInterval"] = "00:00:00.2" });
        await parts.StartSimulatorAsync();
        await parts.StartFeedAsync();
        await using var ann = await Desk.OpenAsync(parts);
        await using var bob = await Desk.OpenAsync(parts);
        var execution = ann.Replica.Store.Enumerate(new ExecutionQuery { States = [ExecutionState.Of(KnownExecutionState.Running)] }).First();

        var operation = await ann.Stop.StopExecutionAsync(ann.Targets.See(FleetKind.Execution, execution.Id), new("it leaks"), CancellationToken.None);

        Assert.Equal(OperationPhase.Accepted, operation.Phase);
        await Eventually.HoldsAsync(() => Task.FromResult(bob.Operations.Of(execution.Id) is { Phase: OperationPhase.Seen, Reason: "it leaks" } ? null : $"{bob.Operations.Of(execution.Id)}"));
        Assert.Equal(ann.Operations.Of(execution.Id)!.Act, bob.Operations.Of(execution.Id)!.Act);
        Assert.Equal("somebody at an unknown address", bob.Operations.Of(execution.Id)!.By);

        await parts.KillFeedAsync();
        // Nothing is sent that the audit does not have.
        var refused = await ann.Stop.StopJobAsync(ann.Targets.See(FleetKind.Job, execution.JobId), new("again", ann.Replica.Store.FindJob(execution.JobId)!.DisplayName), CancellationToken.None);
        Assert.Equal(OperationPhase.Refused, refused.Phase);
        Assert.StartsWith("Refused: The audit cannot be written, and nothing is sent that is not in it.", refused.Summary, StringComparison.Ordinal);
        await parts.StartFeedAsync();

        await using var cleo = await Desk.OpenAsync(parts);
        await Eventually.HoldsAsync(() => Task.FromResult(cleo.Operations.Of(execution.Id) is { Phase: OperationPhase.Seen } ? null : "not read yet"));
        Assert.Null(cleo.Operations.Of(execution.JobId));
        var (page, _) = await cleo.Audit.ActsAsync(new AuditQuery { Target = execution.Id }, 10, CancellationToken.None);
        Assert.Equal("Asked Accepted Seen", string.Join(' ', Assert.Single(page!.Acts).Rows.Select(row => row.Entry.Outcome)));
        Assert.Contains(page.Acts[0].Last.Answer, (string[])["running, desired state stopped", "stopping", "stopped"]);
    }

    [Fact]
    public async Task Kill_WhileRowsAreWritten_LosesNoneThatWasConfirmedAndAnEditIsNamed()
    {
        await using var parts = new SplitParts(new() { ["Nodes"] = "5", ["Jobs"] = "2", ["ChangesPerSecond"] = "0" });
        await parts.StartSimulatorAsync();
        await parts.StartFeedAsync();
        await using var desk = await Desk.OpenAsync(parts);
        var confirmed = new Dictionary<string, long>();
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var (numbers, problem) = await desk.Audit.StoreAsync([Entry($"act-{i}")], CancellationToken.None);
                if (problem is not null) return;
                confirmed[$"act-{i}"] = numbers![0];
                if (i == 40) written.TrySetResult();
            }
        });
        await written.Task;
        await parts.KillFeedAsync();
        await writing;
        await parts.StartFeedAsync();
        var rows = new Dictionary<string, long>();
        await Eventually.HoldsAsync(async () =>
        {
            var (page, problem) = await desk.Audit.ActsAsync(new AuditQuery(), AuditLimits.Acts, CancellationToken.None);
            foreach (var act in page?.Acts ?? []) rows[act.Opened.Act] = act.Number;
            return problem;
        });

        Assert.All(confirmed.TakeLast(100), act => Assert.Equal(act.Value, rows[act.Key]));
        // The answer was lost: what is sent again has the number that it has.
        var (again, _) = await desk.Audit.StoreAsync([Entry("act-40")], CancellationToken.None);
        Assert.Equal(confirmed["act-40"], again![0]);
        var (code, output) = await VerifyAsync(parts.LogFile, null);
        Assert.Equal((0, true), (code, output.StartsWith("The audit is unbroken: rows 1 to ", StringComparison.Ordinal)));
        var head = output.Trim().Split(' ')[^1];

        await using (var connection = new SqliteConnection($"Data Source={parts.LogFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER audit_is_not_changed; UPDATE audit SET who = 'Bob' WHERE number = 7";
            await command.ExecuteNonQueryAsync();
        }
        (code, output) = await VerifyAsync(parts.LogFile, head);
        Assert.Equal((1, "Row 7 does not match its hash: it was edited, inserted or moved, or the row before it was replaced."), (code, output.Trim()));
        (code, output) = await VerifyAsync(parts.LogFile + ".none", head);
        Assert.Equal((2, true), (code, output.Contains("Storage:ConnectionString", StringComparison.Ordinal)));
    }

    private static AuditEntry Entry(string act) => new()
    {
        Act = act, At = TimeProvider.System.GetUtcNow(), Outcome = AuditOutcome.Done, Who = "Ann", Role = "operator", From = "10.0.0.7", Action = AuditActions.Comment, Target = new(AuditTarget.Problem, "p", ""), Reason = "ü",
    };

    private static async Task<(int Code, string Output)> VerifyAsync(string file, string? head)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [PartProcess.ProgramPath(), "--verify-audit", .. head is null ? (string[])[] : ["--head", head]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Storage__ConnectionString"] = file;
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
