using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.IntegrationTests.Simulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The numbers of a rollout on the pages equal a count of the control plane's executions, at every step.</summary>
public sealed class DerivedProgressTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("canary-auto-promotes", "deployment", false)]
    [InlineData("canary-auto-promotes", "deployment", true)]
    [InlineData("canary-auto-promotes", "rollout", false)]
    [InlineData("canary-auto-promotes", "rollout", true)]
    [InlineData("rolling-hits-limit", "deployment", false)]
    [InlineData("rolling-hits-limit", "deployment", true)]
    [InlineData("nodes-go-offline", "rollout", false)]
    [InlineData("nodes-go-offline", "rollout", true)]
    public async Task Progress_EveryStepOfARollout_EqualsACountOverTheExecutions(string scenario, string generation, bool omitsOptional)
    {
        await using var simulator = await SimulatorHost.StartAsync(("Scenario", scenario), ("Generation", generation), ("OmitOptional", omitsOptional));
        await using var services = new ServiceCollection().AddLogging()
            .AddControlPlane(new ConfigurationBuilder().AddInMemoryCollection([new("ControlPlane:Url", simulator.Client.BaseAddress!.ToString())]).Build())
            .BuildServiceProvider();
        var server = services.GetRequiredService<IControlPlane>();
        var (compared, placed) = (0, 0);

        for (var step = 0; step < 60; step++)
        {
            simulator.Pass(Step);
            var (store, executions, deployments) = await ReadAsync(server);
            foreach (var deployment in deployments.Where(d => d.IsOpen))
            {
                var progress = RolloutSummary.Of(deployment, store).Progress;
                var newest = executions.Where(e => Belongs(e, deployment)).GroupBy(e => e.NodeId)
                    .Select(node => node.OrderBy(e => e.CreatedAt).ThenBy(e => e.Id, StringComparer.Ordinal).Last()).ToList();

                Assert.Equal(newest.Count, progress.Placed);
                Assert.Equal(newest.Count(e => e.Actual.State.Known is KnownExecutionState.Failed or KnownExecutionState.Lost), progress.Failed);
                Assert.Equal(newest.Count(e => e.Actual.State.Known == KnownExecutionState.Degraded), progress.Unhealthy);
                Assert.Equal(newest.Count(e => e.Actual.State.Known is KnownExecutionState.Running or KnownExecutionState.Completed), progress.Healthy);
                Assert.False(progress.IsDone);
                Assert.False(progress.DoneShare >= 1);
                Assert.Equal(omitsOptional, progress.Total is null);
                compared++;
                placed = Math.Max(placed, newest.Count);
            }
        }

        Assert.True(compared >= 5, $"{compared} steps of an open rollout were compared");
        Assert.True(placed >= 3, $"{placed} nodes had it at most");
    }

    private static bool Belongs(Execution execution, Deployment deployment) => deployment.IsRollout
        ? execution.JobId == deployment.JobId && execution.JobVersion == deployment.ToVersion && (deployment.CreatedAt is null || execution.CreatedAt >= deployment.CreatedAt - TimeSpan.FromSeconds(1))
        : execution.DeploymentId == deployment.Id;

    private static async Task<(FleetStore Store, IReadOnlyList<Execution> Executions, IReadOnlyList<Deployment> Deployments)> ReadAsync(IControlPlane server)
    {
        var jobs = (await server.ListJobsAsync()).Value!;
        var listed = await server.ListDeploymentsAsync();
        IReadOnlyList<Deployment> deployments = listed.Succeeded ? listed.Value.Items : jobs.Deployments;
        var executions = (await server.ListExecutionsAsync(new ExecutionListRequest())).Value!.Items;
        var nodes = (await server.ListNodesAsync()).Value!.Items;
        var store = new FleetStore();
        store.Apply([
            .. jobs.Specs.Select(FleetChange.Of), .. jobs.Items.Select(FleetChange.Of), .. nodes.Select(FleetChange.Of), .. deployments.Select(FleetChange.Of),
            .. executions.Select(FleetChange.Of),
        ]);
        return (store, executions, deployments);
    }
}
