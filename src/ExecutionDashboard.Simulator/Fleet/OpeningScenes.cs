using System.Text.Json;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Engine.Stories;

namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>What is going on in the fleet when the simulator starts.</summary>
internal static class OpeningScenes
{
    /// <summary>Starts what is to be under way, and breaks what is to be broken.</summary>
    public static void Open(SimulatorEngine engine)
    {
        var world = engine.World;
        for (var i = 0; i < Math.Min(world.Jobs.Count, JobCatalogue.All.Count); i++)
        {
            var job = world.Jobs[i];
            switch (JobCatalogue.All[i].Scene)
            {
                case Scene.MidRollout: Update(engine, job, 0.01); break;
                case Scene.CanaryWaits: Update(engine, job, 0); break;
                case Scene.RolledBack or Scene.Failed: Update(engine, job, 1); break;
                case Scene.Degraded:
                    foreach (var execution in RunningOf(world, job).Where(_ => world.Random.Chance(0.25)))
                        engine.Executions.Degrade(execution, Faults.Passing(world.Random, execution), world.Seconds(60, 3600));
                    break;
                case Scene.StuckPending:
                    foreach (var execution in RunningOf(world, job).Take(2)) LoseStart(world, engine.Executions, execution);
                    break;
                default: break;
            }
        }
        LoseNodes(engine);
    }

    private static List<SimExecution> RunningOf(World world, SimJob job) => world.Live.FindAll(e => e.Job == job && e.Actual == ActualState.Running);

    /// <summary>Starts bringing the next version of a job onto its nodes.</summary>
    public static void Update(SimulatorEngine engine, SimJob job, double failureRate)
    {
        var world = engine.World;
        var spec = SpecEdit.Of(job.Version.Spec, job.Versions.Count + 1, world.Random);
        using var document = JsonDocument.Parse(spec);
        var version = engine.Commands.AddVersion(job, spec, SpecReading.Of(document.RootElement, world.Face), failureRate);
        engine.Rollouts.Start(job, DeploymentKind.Update, version);
    }

    /// <summary>Starts an execution anew, and the message to its node gets lost.</summary>
    public static void LoseStart(World world, ExecutionLife executions, SimExecution execution)
    {
        var node = execution.Node;
        node.SilentSince = world.Now;
        executions.Create(execution.Version, node, null, "Restarted: the agent was updated");
        node.SilentSince = 0;
        if (execution.Plan != ExecutionPlan.None) world.Plan(execution, execution.Plan, world.Seconds(0.2, 2));
    }

    private static void LoseNodes(SimulatorEngine engine)
    {
        var world = engine.World;
        if (world.Nodes.Count < 10) return;
        // One is gone for good, one is missed and comes back, one in five hundred of the others has just fallen silent.
        var canaries = engine.Rollouts.Open.Where(d => d.InCanaryPhase).SelectMany(d => d.Targets.Take(d.CanarySize)).ToHashSet();
        for (var i = 0; i < 2 + world.Nodes.Count / 500; i++)
        {
            SimNode node;
            do node = world.Random.Pick(world.Nodes);
            while (!node.IsOpen || node.SilentSince != 0 || canaries.Contains(node));
            engine.Nodes.Silence(node, i == 0 ? 0 : world.Seconds(240, 600));
            if (i >= 2) continue;
            // Went away before the time that is lived through here.
            node.SilentSince -= TimeSpan.FromMinutes(20).Ticks;
            engine.Nodes.Advance(node);
            if (i == 0) engine.Nodes.Advance(node);
        }
    }
}
