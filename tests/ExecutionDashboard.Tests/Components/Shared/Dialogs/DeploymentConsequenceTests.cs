using ExecutionDashboard.Components.Pages.DeploymentDetail;
using ExecutionDashboard.Components.Shared.Dialogs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Operations;

namespace ExecutionDashboard.Tests.Components.Shared.Dialogs;

/// <summary>The consequences in the dialogs of a deployment, with and without the server's totals.</summary>
public sealed class DeploymentConsequenceTests
{
    private static readonly RolloutStrategy Canary = new() { Kind = "canary", MaxParallel = 7, MaxFailedNodesPercent = 12.5 };

    private static readonly Deployment Waiting = new()
    {
        Id = "dep", JobId = "job-1", Type = "update", State = "in_progress", FromVersion = 7, ToVersion = 8, CanaryNodes = ["n1", "n2", "n4"], CanaryPromoted = false,
        CurrentWave = 1, FailedNodes = 1, Strategy = Canary,
    };

    [Theory]
    [InlineData(OperationKind.Promote,
        "Promotes 3 canaries of version 8. The rest of its nodes follow in waves of 7; the server does not say how many. 12 nodes run an older version now (v7). "
        + "Rolls back automatically to v7 if more than 10 nodes or more than 12.5 % of the nodes fail. The limit in percent cannot be computed: the server does not say how many nodes there are.")]
    [InlineData(OperationKind.Pause,
        "Pauses the rollout: 3 nodes keep version 8. The rest of its nodes stay on their version until it is resumed; the server does not say how many. 12 nodes run an older version now (v7).")]
    [InlineData(OperationKind.Rollback, "Starts a new deployment that takes 3 nodes back to version 7. This one ends as rolled back.")]
    public void Of_TotalNotSent_SaysWhatIsKnownAndWhatIsNot(OperationKind kind, string said) => Assert.Equal(said, Consequence(kind, Waiting, 7));

    [Theory]
    [InlineData(OperationKind.Promote,
        "Promotes 3 canaries of version 8. 21 more nodes follow in waves of 7. 12 nodes run an older version now (v7). Rolls back automatically to v7 if more than 3 nodes fail.")]
    [InlineData(OperationKind.Pause,
        "Pauses the rollout: 3 nodes keep version 8. 21 nodes stay on their version until it is resumed. 12 nodes run an older version now (v7).")]
    [InlineData(OperationKind.Resume,
        "Continues the rollout of version 8. 21 more nodes follow in waves of 7. 12 nodes run an older version now (v7). Rolls back automatically to v7 if more than 3 nodes fail.")]
    public void Of_TotalSent_CountsThem(OperationKind kind, string said) => Assert.Equal(said, Consequence(kind, Waiting with { TotalNodes = 24 }, 0));

    [Fact]
    public void Of_NeitherStrategyNorVersionSent_InventsNone() =>
        Assert.Equal(
            "Promotes 3 canaries of the new version. The rest of its nodes follow; the server does not say how many. The server does not say what stops it.",
            Consequence(OperationKind.Promote, Waiting with { Strategy = null, ToVersion = null, FromVersion = null }, 0));

    private static string Consequence(OperationKind kind, Deployment deployment, int back)
    {
        var store = new FleetStore();
        store.Apply([
            FleetChange.Of(new Job { Id = "job-1", Name = "ingest" }),
            .. deployment.CanaryNodes.Select(node => On(node, 8, "dep")), .. Enumerable.Range(10, 12).Select(i => On($"n{i}", 7, "before"))]);
        return DeploymentConsequence.Of(kind, DeploymentView.Of(deployment, store, PageRig.Start), back);
    }

    private static FleetChange On(string node, int version, string deployment) => FleetChange.Of(new Execution
    {
        Id = $"{deployment}-{node}", JobId = "job-1", JobVersion = version, NodeId = node, DeploymentId = deployment, CreatedAt = PageRig.Start,
        Actual = new(ExecutionState.Of(KnownExecutionState.Running)),
    });
}
