using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>Each cause of executions in its scenario, in both generations.</summary>
public class ExecutionCauseTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task DispatchLost(string generation) =>
        new Scene("dispatch-lost", ProblemCause.DispatchLost, "pending on ") { Options = new() { DispatchLost = Ten }, Threshold = TimeSpan.FromSeconds(30), Speed = 4 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task StuckStarting(string generation) =>
        new Scene("stuck-starting", ProblemCause.StuckStarting, "starting on ") { Options = new() { StuckStarting = Ten }, Threshold = Ten, Speed = 10 }.PlayAsync(generation);

    [Fact]
    public Task StuckValidating() =>
        new Scene("stuck-validating", ProblemCause.StuckValidating, "validating on ") { Options = new() { StuckValidating = Ten }, Threshold = TimeSpan.FromSeconds(30), Speed = 8 }.PlayAsync("rollout");

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task StuckStopping(string generation) =>
        new Scene("stuck-stopping", ProblemCause.StuckStopping, "stopping on ") { Options = new() { StuckStopping = Ten }, Threshold = Ten, Speed = 6 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task IgnoresStop(string generation) =>
        new Scene("ignores-stop", ProblemCause.IgnoresStop, "running on ") { Options = new() { IgnoresStop = Ten }, Threshold = Ten, Speed = 4 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task StuckDegraded(string generation) =>
        new Scene("stuck-degraded", ProblemCause.StuckDegraded, "degraded on ") { Options = new() { StuckDegraded = Ten }, Threshold = Ten, Speed = 10 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task Failed(string generation) => new Scene("execution-fails", ProblemCause.Failed, "(") { Speed = 4 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task RestartLoop(string generation) =>
        new Scene("restart-loop", ProblemCause.RestartLoop, "wanted running") { Options = new() { RestartLoopLinks = 3, RestartLoopSpan = TimeSpan.FromMinutes(1) }, Threshold = TimeSpan.FromMinutes(1), Speed = 2, Beside = [ProblemCause.Failed] }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task UnreachableNode(string generation) =>
        new Scene("start-on-silent-node", ProblemCause.UnreachableNode, " is disconnected") { Threshold = TimeSpan.FromSeconds(10), Speed = 3 }.PlayAsync(generation);
}
