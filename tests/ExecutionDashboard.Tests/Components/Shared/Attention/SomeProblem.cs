using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.Tests.Components.Shared.Attention;

/// <summary>Problems as the rules find them.</summary>
internal static class SomeProblem
{
    /// <summary>A region that is down.</summary>
    public static Problem Outage { get; } = new()
    {
        Id = "outage/region=eu", Cause = ProblemCause.Outage, Severity = ProblemSeverity.Critical, Since = PageRig.Start.AddMinutes(-5), Summary = "2 nodes with region=eu lost contact within 40 s.",
        Nodes = 2, Executions = 1, Address = "nodes?label=region%3Deu",
        Subjects = [new(FleetKind.Node, "node-1", "edge-1"), new(FleetKind.Node, "node-2", "edge-2")],
        Evidence = [new("2 of 2 nodes with region=eu are disconnected", "control plane", PageRig.Start.AddMinutes(-5), "nodes?label=region%3Deu"), new("None of 5 other nodes is", "computed")],
        NextSteps = [new(StepAction.Open, "nodes?label=region%3Deu", "Show the nodes", "Lists the nodes of the region.")],
    };

    /// <summary>A canary that waits.</summary>
    public static Problem Promotion { get; } = new()
    {
        Id = "awaiting-promotion/deployment-1", Cause = ProblemCause.AwaitingPromotion, Severity = ProblemSeverity.Notice, Since = PageRig.Start.AddHours(-2), Summary = "The canary of ingest is healthy on 3 nodes.",
        JobId = "job-1", DeploymentId = "deployment-1", AwaitsDecision = true, Nodes = 3, Subjects = [new(FleetKind.Deployment, "deployment-1", "ingest v1 → v2")],
        NextSteps = [new(StepAction.Promote, "deployment-1", "Promote", "Rolls v2 out to the other nodes."), new(StepAction.Rollback, "deployment-1", "Roll back", "Takes the canary back to v1.")],
    };

    /// <summary>An execution whose start got lost.</summary>
    public static Problem Dispatch { get; } = new()
    {
        Id = "dispatch-lost/job-1", Cause = ProblemCause.DispatchLost, Severity = ProblemSeverity.Warning, Since = PageRig.Start.AddMinutes(-30), Summary = "exec-1 is pending for 30 min on a connected node.",
        JobId = "job-1", Executions = 1, Nodes = 1, Subjects = [new(FleetKind.Execution, "exec-1", "exec-1")], Evidence = [new("Pending since 11:30", "control plane")],
        NextSteps = [new(StepAction.StopExecution, "exec-1", "Stop the execution", "The control plane starts another one."), new(StepAction.RerunJob, "job-1", "Rerun the job", "Starts every execution again.")],
    };

    /// <summary>The fleet that they are about.</summary>
    public static FleetChange[] Fleet { get; } =
    [
        FleetChange.Of(PageRig.Spec), FleetChange.Of(new Job { Id = "job-1", Name = "ingest", Version = 2, SpecHash = "spec-1", Labels = new Dictionary<string, string> { ["team"] = "edge" } }),
        FleetChange.Of(new Node { Id = "node-1", Hostname = "edge-1", Connection = "disconnected", Labels = new Dictionary<string, string> { ["region"] = "eu" } }),
        FleetChange.Of(new Node { Id = "node-2", Hostname = "edge-2", Connection = "disconnected", Labels = new Dictionary<string, string> { ["region"] = "eu" } }),
        FleetChange.Of(new Node { Id = "node-3", Hostname = "edge-3", Connection = "connected", Labels = new Dictionary<string, string> { ["region"] = "us" } }),
        FleetChange.Of(new Deployment { Id = "deployment-1", JobId = "job-1", State = "in_progress", FromVersion = 1, ToVersion = 2, CanaryNodes = ["node-1"], TotalNodes = 3 }),
        PageRig.Execution("exec-1", KnownExecutionState.Pending, node: "node-3"),
    ];
}
