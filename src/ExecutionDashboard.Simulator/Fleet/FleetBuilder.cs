using System.Globalization;
using System.Text.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>Builds the fleet the simulator starts with: its nodes, its jobs with their past versions and executions, and what is going on in it.</summary>
internal static class FleetBuilder
{
    /// <summary>Time lived through before the start, so that deployments are under way and something is broken.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    /// <summary>An engine with a fleet as of a moment.</summary>
    public static SimulatorEngine Build(SimulatorOptions options, DateTimeOffset now)
    {
        var warmUp = options.Rate > 0 && options.Scenario.Length == 0 ? TimeSpan.FromTicks(WarmUp.Ticks / SimulatorEngine.Step.Ticks * SimulatorEngine.Step.Ticks) : TimeSpan.Zero;
        var world = new World(options) { Now = now.UtcTicks - warmUp.Ticks, StartedAt = now.UtcTicks };
        NodeSeeds.AddTo(world);
        var engine = new SimulatorEngine(world);
        if (world.Scenario is { } staged) ScenarioFleet.AddJobs(world, staged);
        else AddJobs(engine);
        SeededHistory.AddTo(world);
        world.HistoryPerExecution = world.Executions.Count > 50_000 ? 6 : 64;
        // What happens in a scenario is not to push out what was there.
        world.MostExecutions = Math.Max(20_000, world.Executions.Count + (world.Scenario is null ? world.Executions.Count / 10 : world.Executions.Count * 2));
        if (warmUp > TimeSpan.Zero)
        {
            OpeningScenes.Open(engine);
            engine.Story.Begin();
            for (var at = world.Now + SimulatorEngine.Step.Ticks; at <= now.UtcTicks; at += SimulatorEngine.Step.Ticks) engine.AdvanceTo(new(at, TimeSpan.Zero));
        }
        if (world.Scenario is { } scenario)
        {
            ScenarioFleet.Open(engine, scenario);
            engine.Story.Begin();
        }
        engine.Settle();
        foreach (var node in world.Nodes) world.Soil(node);
        foreach (var job in world.Jobs) world.Soil(job);
        if (world.IsStored)
            foreach (var execution in world.Executions.From(0, descending: false)) world.Soil(execution);
        return engine;
    }

    private static void AddJobs(SimulatorEngine engine)
    {
        var world = engine.World;
        for (var i = 0; i < world.Options.Jobs; i++)
        {
            var seed = JobCatalogue.All[i % JobCatalogue.All.Count];
            var suffix = i < JobCatalogue.All.Count ? "" : string.Create(CultureInfo.InvariantCulture, $"-{i / JobCatalogue.All.Count + 1}");
            AddJob(world, seed, suffix, null, 0.005, leftAlone: seed.Scene == Scene.CanaryWaits);
        }
    }

    /// <summary>Adds a job of which some versions (null: as many as chance will have) have completed.</summary>
    public static void AddJob(World world, JobSeed seed, string suffix, int? pastVersions, double failureRate, bool leftAlone)
    {
        var spec = seed.Spec(world.Face, suffix);
        var reading = Read(spec, world.Face);
        var created = world.Now - TimeSpan.FromDays(3 + 60 * world.Random.Fraction()).Ticks;
        var job = new SimJob
        {
            Ordinal = world.Jobs.Count, Id = $"job-{reading.Name}-{world.Random.Next() >> 48:x4}", Name = reading.Name, Namespace = reading.Namespace, Type = reading.Type,
            CreatedAt = created, UpdatedAt = created, LeftAlone = leftAlone,
        };
        world.Jobs.Add(job);
        world.JobsById.Add(job.Id, job);
        var versions = pastVersions ?? world.Random.Between(2, 5);
        for (var v = 1; v <= versions; v++)
        {
            if (v > 1) spec = SpecEdit.Of(spec, v, world.Random);
            var version = new SimJobVersion
            {
                Job = job, Number = v, Spec = spec, Reading = Read(spec, world.Face), FailureRate = failureRate,
                CreatedAt = created + (long)((world.Now - TimeSpan.FromHours(2).Ticks - created) * ((v - 1) / (double)versions)),
            };
            job.Versions.Add(version);
            world.Soil(version);
            AddDeployment(world, job, version);
        }
        job.Version = job.Versions[^1];
        job.LastGood = versions;
        job.State = job.IsOneShot ? "completed" : "running";
        job.UpdatedAt = job.Version.CreatedAt;
        job.Revision = versions * 7;
        job.Unsettled = true;
    }

    private static void AddDeployment(World world, SimJob job, SimJobVersion version)
    {
        var nodes = world.Nodes.Count(version.Reading.Selector.Matches);
        var strategy = version.Reading.Strategy;
        var canary = strategy.CanarySize(nodes);
        var wave = strategy.WaveSize(nodes);
        var waves = (canary > 0 ? 1 : 0) + (nodes - canary + wave - 1) / wave;
        var ended = version.CreatedAt + TimeSpan.FromSeconds(30 + 25 * waves).Ticks;
        var deployment = new SimDeployment
        {
            Ordinal = world.Deployments.Count, Job = job, Kind = version.Number == 1 ? DeploymentKind.Create : DeploymentKind.Update, From = version.Number - 1,
            To = version, CreatedAt = version.CreatedAt, RollbackTo = version.Number - 1, State = DeploymentState.Completed,
            Message = $"Version {version.Number} on {nodes} nodes", CanarySize = canary, WaveSize = wave, CanaryPromoted = canary > 0, CurrentWave = waves, TotalWaves = waves,
            Updated = nodes, LastProgressAt = ended, UpdatedAt = ended, CompletedAt = ended, Revision = waves + 2,
        };
        world.Deployments.Add(deployment);
        world.Soil(deployment);
        job.Deployment = deployment;
    }

    private static SpecReading Read(byte[] spec, Generation face)
    {
        using var document = JsonDocument.Parse(spec);
        return SpecReading.Of(document.RootElement, face);
    }
}
