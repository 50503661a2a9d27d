using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>Each cause that explains many, in its scenario, in both generations.</summary>
public class CommonCauseTests
{
    private static readonly ProblemCause[] Single = [ProblemCause.Failed, ProblemCause.RestartLoop];

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task SpecFault(string generation) =>
        new Scene("spec-fails", ProblemCause.SpecFault, "failed with this error") { Threshold = TimeSpan.FromSeconds(10), Remedy = RollBackAsync, Beside = [ProblemCause.RolledBack] }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task CohortFault(string generation) =>
        new Scene("cohort-fails", ProblemCause.CohortFault, "nodes that failed have region=ap-south") { Threshold = TimeSpan.FromSeconds(30), Remedy = RollBackAsync, Beside = [ProblemCause.RolledBack] }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task NodeFault(string generation) => new Scene("node-fails", ProblemCause.NodeFault, " elsewhere.") { Speed = 3, Threshold = TimeSpan.FromSeconds(10), Beside = Single }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task Outage(string generation) => new Scene("region-falls-over", ProblemCause.Outage, "nodes with region=ap-south are unreachable") { Threshold = TimeSpan.FromSeconds(10) }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task NodeUnreachable(string generation) => new Scene("node-away", ProblemCause.NodeUnreachable, " is disconnected") { Threshold = TimeSpan.FromSeconds(10) }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task FlappingNode(string generation) =>
        new Scene("node-flaps", ProblemCause.FlappingNode, " times within ")
        {
            Options = new() { FlappingConnects = 3 }, Threshold = TimeSpan.FromMinutes(15), Within = 150, Beside = [ProblemCause.NodeUnreachable],
            Remedy = stage => stage.DoAsync(engine =>
            {
                var node = engine.World.Nodes.Find(n => n.Label("region") == "ap-south")!;
                node.Deleted = true;
                engine.World.Touch(node);
            }),
        }.PlayAsync(generation);

    private static Task RollBackAsync(Stage stage) => stage.DoAsync(engine => engine.Commands.Rollback(engine.World.Jobs.Find(j => j.LeftAlone)!, 0, dryRun: false));
}
