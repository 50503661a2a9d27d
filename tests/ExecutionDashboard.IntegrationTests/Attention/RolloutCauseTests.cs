using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>Each cause of jobs and rollouts in its scenario, in both generations where it has what the cause goes by.</summary>
public class RolloutCauseTests
{
    private static readonly ProblemCause[] WhatFailed = [ProblemCause.Failed, ProblemCause.CohortFault, ProblemCause.SpecFault];

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task AwaitingPromotion(string generation) => new Scene("canary-waits", ProblemCause.AwaitingPromotion, "All 3 canaries are healthy; 21 other nodes get v4 next.")
    {
        Remedy = stage => stage.DoAsync(engine => engine.Commands.Promote(Story(engine).Deployment!)),
    }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task RolloutPaused(string generation) => new Scene("rollout-paused", ProblemCause.RolloutPaused, "Paused to look at the first waves").PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task RolloutStalled(string generation) =>
        new Scene("rollout-stalled", ProblemCause.RolloutStalled, "the longest pause between two was") { Options = new() { RolloutStalled = TimeSpan.FromSeconds(20) }, Threshold = TimeSpan.FromSeconds(40), Within = 90, Gone = 300 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task RolloutNearLimit(string generation) =>
        new Scene("rollout-near-limit", ProblemCause.RolloutNearLimit, "(limit 9), by max_failed_nodes.") { Options = new() { RolloutNearLimit = 50 }, Within = 90, Beside = WhatFailed }.PlayAsync(generation);

    [Fact]
    public Task RolloutDeadline() => new Scene("rollout-deadline", ProblemCause.RolloutDeadline, "Health deadline") { Within = 90 }.PlayAsync("deployment");

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task RolloutFailed(string generation) => new Scene("no-auto-rollback", ProblemCause.RolloutFailed, "automatic rollback is off")
    {
        Within = 120, Beside = [.. WhatFailed, ProblemCause.RolledBack], Remedy = stage => stage.DoAsync(engine => engine.Commands.Rollback(Story(engine), 0, dryRun: false)),
    }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task RolledBack(string generation) =>
        new Scene("canary-fails", ProblemCause.RolledBack, "Rolled back from v4 to v3.") { Options = new() { RolledBack = TimeSpan.FromSeconds(40) }, Threshold = TimeSpan.FromSeconds(10), Beside = WhatFailed }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task Outdated(string generation) =>
        new Scene("nodes-outdated", ProblemCause.Outdated, "3 nodes on v") { Threshold = TimeSpan.FromDays(30), Speed = 10 }.PlayAsync(generation);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public Task NoMatchingNode(string generation) =>
        new Scene("no-node-matches", ProblemCause.NoMatchingNode, "accelerator=h100 0") { Options = new() { NoMatchingNode = TimeSpan.FromSeconds(10) }, Threshold = TimeSpan.FromSeconds(10), Speed = 3 }.PlayAsync(generation);

    private static SimJob Story(SimulatorEngine engine) => engine.World.Jobs.Find(j => j.LeftAlone)!;
}
