using CsCheck;
using ExecutionDashboard.Components.Shared.Things;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Tests.Components.Shared.Things;

/// <summary>Things by the addresses of their pages, and their command lines.</summary>
public sealed class FleetThingTests
{
    [Fact]
    public void At_AddressOfAnyThing_IsTheThing() => Gen.Select(Gen.Enum<ThingKind>(), Gen.String[1, 30]).Sample((kind, id) =>
    {
        if (id.Any(char.IsSurrogate)) return;
        var thing = new FleetThing(kind, id);
        Assert.Equal(thing, FleetThing.At(thing.Address));
    }, iter: 500);

    [Theory]
    [InlineData("")]
    [InlineData("executions?state=failed")]
    [InlineData("compare?left=job:a")]
    [InlineData("nodes/")]
    [InlineData("https://elsewhere.test/jobs/a")]
    public void At_OtherAddress_IsNothing(string address) => Assert.Null(FleetThing.At(address));

    [Theory]
    [InlineData(OperationKind.StopJob, "job-1", "expanso-cli job stop job-1")]
    [InlineData(OperationKind.Rerun, "night report; rm -rf ~", "expanso-cli job rerun 'night report; rm -rf ~'")]
    [InlineData(OperationKind.StopJob, "it's", "expanso-cli job stop 'it'\\''s'")]
    [InlineData(OperationKind.StopJob, "--force", "expanso-cli job stop -- --force")]
    [InlineData(OperationKind.StopExecution, "a/b'c", """curl -X POST "$EXPANSO_CLI_ENDPOINT/api/v1/"executions/a%2Fb%27c/stop -H "Authorization: Bearer $EXPANSO_CLI_AUTH_API_KEY" -H 'Content-Type: application/json' -d '{}'""")]
    public void Of_Command_IsALineThatAShellTakesAsItIs(OperationKind kind, string id, string line) => Assert.Equal(line, CliCommands.Of(kind, id));

    [Fact]
    public void Of_WhatADialogChose_IsInTheRequest()
    {
        Assert.EndsWith("""-d '{"version":3,"reason":"it'\''s \"old\" & slow"}'""", CliCommands.Of(OperationKind.Rollback, "job-1", " it's \"old\" & slow ", version: 3), StringComparison.Ordinal);
        Assert.EndsWith("""-d '{"force":true,"reason":"x"}'""", CliCommands.Of(OperationKind.DeleteJob, "job-1", "x", force: true), StringComparison.Ordinal);
        Assert.EndsWith("""-d '{"target_version":2}'""", CliCommands.Of(OperationKind.Rollback, new Deployment { Id = "dep-1", JobId = "job-1" }, version: 2), StringComparison.Ordinal);
        Assert.EndsWith("""-d '{"version":2}'""", CliCommands.Of(OperationKind.Rollback, new Deployment { Id = "job-1@4", JobId = "job-1", IsRollout = true }, version: 2), StringComparison.Ordinal);
        Assert.EndsWith("-d '{}'", CliCommands.Of(OperationKind.Pause, new Deployment { Id = "dep-1", JobId = "job-1" }, version: 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BulkRun_IsALoopOverTheIds()
    {
        Assert.Equal("""for id in job-1 'a b'; do expanso-cli job stop -- "$id"; done""", CliCommands.Of(BulkAction.StopJobs, ["job-1", "a b"], "why"));
        Assert.Equal(
            """for id in e-1 e%2F2; do curl -X POST "$EXPANSO_CLI_ENDPOINT/api/v1/""executions/$id/stop" -H "Authorization: Bearer $EXPANSO_CLI_AUTH_API_KEY" -H 'Content-Type: application/json' -d '{"reason":"why"}'; done""",
            CliCommands.Of(BulkAction.StopExecutions, ["e-1", "e/2"], "why"));
        Assert.Equal("", CliCommands.Of(BulkAction.RerunJobs, []));
        Assert.Equal("", CliCommands.Of(BulkAction.RerunJobs, [.. Enumerable.Range(0, CliCommands.MostOfALine + 1).Select(i => $"job-{i}")]));
    }

    [Fact]
    public void Of_CommandForADeployment_IsForTheServersGeneration()
    {
        Assert.Contains("deployments/dep-1/pause ", CliCommands.Of(OperationKind.Pause, new Deployment { Id = "dep-1", JobId = "job-1" }), StringComparison.Ordinal);
        Assert.Contains("jobs/job-1/rollout/pause ", CliCommands.Of(OperationKind.Pause, new Deployment { Id = "job-1@2", JobId = "job-1", IsRollout = true }), StringComparison.Ordinal);
        Assert.Contains("jobs/job-1/rollback ", CliCommands.Of(OperationKind.Rollback, new Deployment { Id = "job-1@2", JobId = "job-1", IsRollout = true }), StringComparison.Ordinal);
        Assert.Empty(CliCommands.Of(OperationKind.Promote, new Deployment { Id = "job-1@2", JobId = "job-1", IsRollout = true }));
    }

    [Fact]
    public void Show_Things_HaveTheirLine()
    {
        Assert.Equal("expanso-cli execution describe e-1", CliCommands.Show(new(ThingKind.Execution, "e-1")));
        Assert.Equal("", CliCommands.Show(new(ThingKind.Problem, "failed/job-1")));
        Assert.Equal("expanso-cli execution list --node-id=n-1", CliCommands.Executions(FleetKind.Node, "n-1"));
    }
}
