using ExecutionDashboard.Fleet.Attention;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>Each cause of a node's fields in its scenario, in both generations where it has the field.</summary>
public class NodeCauseTests
{
    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task StaleHeartbeat(string generation) =>
        new Scene("heartbeat-stale", ProblemCause.StaleHeartbeat, "called connected, last heartbeat") { Options = new() { StaleHeartbeat = TimeSpan.FromSeconds(45) }, Within = 70, Speed = 2 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task DiskNearlyFull(string generation) => new Scene("disk-full", ProblemCause.DiskNearlyFull, "disk 97 % (") { Threshold = TimeSpan.FromSeconds(15), Speed = 4 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task MemoryNearlyFull(string generation) => new Scene("memory-full", ProblemCause.MemoryNearlyFull, "memory 98 % (") { Threshold = TimeSpan.FromSeconds(15), Speed = 4 }.PlayAsync(generation);

    [Fact]
    public Task CredentialEnding() =>
        new Scene("credential-ends", ProblemCause.CredentialEnding, "its credential ends") { Threshold = TimeSpan.FromDays(7), Speed = 4 }.PlayAsync("rollout");

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task ClockSkew(string generation) => new Scene("clock-ahead", ProblemCause.ClockSkew, "its last heartbeat is stamped in the future") { Speed = 4 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task AgentBehind(string generation) => new Scene("agent-behind", ProblemCause.AgentBehind, "1.4.2 on 1 node.") { Threshold = TimeSpan.FromDays(30), Speed = 4 }.PlayAsync(generation);
}
