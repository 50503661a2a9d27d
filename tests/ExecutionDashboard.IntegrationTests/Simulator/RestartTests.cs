using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.IntegrationTests.Simulator;

public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulator-").FullName;

    private string Database => Path.Combine(_folder, "simulator.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("deployment")]
    [InlineData("rollout")]
    public async Task Restart_WithTheSameSettings_GoesOnWhereItWas(string generation)
    {
        string before;
        ulong random;
        long sequence;
        await using (var host = await Start(generation, seed: 3))
        {
            for (var i = 0; i < 90; i++) host.Pass(TimeSpan.FromSeconds(1));
            before = All(host.Engine.World);
            random = host.Engine.World.Random.State;
            sequence = host.Engine.World.Sequence;
        }
        await using (var host = await Start(generation, seed: 3, hour: 14))
        {
            var world = host.Engine.World;
            Assert.Equal(before, All(world));
            Assert.True(world.Sequence >= sequence);
            Assert.Equal(random, world.Random.State);
            var changes = world.Change;
            for (var i = 0; i < 60; i++) host.Pass(TimeSpan.FromSeconds(1));
            Assert.True(world.Change > changes + 100);
            Assert.Equal(world.Executions.Count, world.Counts.Sum());
            Assert.All(world.Jobs, j => Assert.Equal(world.Live.Count(e => e.Job == j), j.LiveCount));
        }
    }

    [Fact]
    public async Task Restart_WithAnotherSeed_StartsAnew()
    {
        string before;
        await using (var host = await Start("deployment", seed: 3)) before = All(host.Engine.World);
        await using (var host = await Start("deployment", seed: 4)) Assert.NotEqual(before, All(host.Engine.World));
    }

    [Fact]
    public async Task Restart_OfAScenario_GoesOnWithIt_BesideTheDemoFleet()
    {
        string demo, before;
        await using (var host = await Start("deployment", seed: 3)) demo = All(host.Engine.World);
        await using (var host = await StartScenario("nodes-go-offline"))
        {
            var nodes = host.Engine.World.Nodes;
            for (var i = 0; i < 40 && nodes.TrueForAll(n => n.SilentSince == 0); i++) host.Pass(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 9; i++) host.Pass(TimeSpan.FromSeconds(1));
            Assert.Equal(4, nodes.Count(n => n.SilentSince != 0));
            before = All(host.Engine.World);
        }
        await using (var host = await StartScenario("nodes-go-offline", hour: 14))
        {
            Assert.Equal(before, All(host.Engine.World));
            for (var i = 0; i < 60; i++) host.Pass(TimeSpan.FromSeconds(1));
            Assert.Equal(DeploymentState.Completed, host.Engine.World.Jobs.Single(j => j.LeftAlone).Deployment!.State);
            Assert.Single(host.Engine.World.Nodes, n => n.SilentSince != 0);
        }
        await using (var host = await StartScenario("canary-waits")) Assert.Equal(24, host.Engine.World.Nodes.Count);
        await using (var host = await Start("deployment", seed: 3)) Assert.Equal(demo, All(host.Engine.World));
    }

    [Fact]
    public async Task Start_WhileAnotherHasTheFile_KeepsItsFleetInMemory()
    {
        await using var first = await Start("deployment", seed: 3);
        await using var second = await Start("deployment", seed: 3);
        Assert.False(second.Engine.World.IsStored);
        Assert.True(second.Engine.World.Executions.Count > 0);
    }

    [Fact]
    public async Task Start_OnAFileThatIsNoDatabase_KeepsItsFleetInMemory()
    {
        await File.WriteAllTextAsync(Database, string.Concat(Enumerable.Repeat("this is no database ", 100)));
        await using var host = await Start("deployment", seed: 3);
        Assert.False(host.Engine.World.IsStored);
    }

    private Task<SimulatorHost> Start(string generation, int seed, int hour = 12) => SimulatorHost.StartAtAsync(new(2026, 11, 1, hour, 0, 0, TimeSpan.Zero),
        ("Generation", generation), ("Seed", seed), ("Database", Database), ("ChangesPerSecond", 20));

    private Task<SimulatorHost> StartScenario(string name, int hour = 13) =>
        SimulatorHost.StartAtAsync(new(2026, 11, 1, hour, 0, 0, TimeSpan.Zero), ("Scenario", name), ("Database", Database));

    private static string All(World world) => string.Join('\n',
        world.Executions.From(0, descending: false).Select(e =>
            $"{e.Ordinal} {e.Job.Id}@{e.Version.Number} {e.Node.Id} {e.Deployment?.Ordinal} {e.Desired} {e.Actual} {e.Plan} {e.Revision} {e.Change} {e.UpdatedAt} {e.Previous} {e.Next} {e.Report.Message} {History.Of(e).Count} {e.Node.CurrentOf(e.Job)?.Ordinal}")
        .Concat(world.Nodes.Select(n => $"{n.Id} {n.Connection} {n.Revision} {n.Plan} {n.SilentSince}"))
        .Concat(world.Jobs.Select(j => $"{j.Id} {j.State} {j.Version.Number} {j.Revision} {j.History.Count} {j.LiveCount}"))
        .Concat(world.Deployments.Select(d => $"{d.Job.Id} {d.State} {d.CurrentWave} {d.Updated} {d.Failed} {d.Outstanding} {d.Message} {d.Targets.Length}")));
}
