using System.Globalization;
using System.Text.Json.Nodes;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>The jobs of a scenario, and its first event.</summary>
internal static class ScenarioFleet
{
    private const int StoryJob = 0;
    private static readonly int[] OtherJobs = [1, 6];

    /// <summary>Adds the jobs that exist before the first event.</summary>
    public static void AddJobs(World world, Scenario scenario)
    {
        if (scenario.VersionsBefore > 0) FleetBuilder.AddJob(world, SeedOf(scenario), "", scenario.VersionsBefore, failureRate: 0, leftAlone: true);
        if (!scenario.HasOtherJobs) return;
        foreach (var other in OtherJobs) FleetBuilder.AddJob(world, JobCatalogue.All[other], "", 2, failureRate: 0, leftAlone: false);
    }

    /// <summary>Starts the deployment of the new version, unless the scenario is about nodes.</summary>
    public static void Open(SimulatorEngine engine, Scenario scenario)
    {
        if (!scenario.RollsOut) return;
        if (scenario.VersionsBefore > 0)
        {
            OpeningScenes.Update(engine, engine.World.Jobs[StoryJob], scenario.FailureRate);
            return;
        }
        var spec = JsonNode.Parse(SeedOf(scenario).Spec(engine.World.Face, ""))!.AsObject();
        spec["meta"]![SpecReading.FailureRateKey] = scenario.FailureRate.ToString(CultureInfo.InvariantCulture);
        engine.Commands.Put(spec, null, force: false, dryRun: false).Job.LeftAlone = true;
    }

    private static JobSeed SeedOf(Scenario scenario)
    {
        var meta = new Dictionary<string, string> { [SpecReading.PaceKey] = scenario.Pace.ToString(CultureInfo.InvariantCulture) };
        if (scenario.FailsWith.Length > 0) meta[SpecReading.FailsWithKey] = scenario.FailsWith;
        // In every version, so that comparing two does not show the cause.
        if (scenario.FailsOn.Length > 0) meta[SpecReading.FailsOnKey] = scenario.FailsOn;
        return JobCatalogue.All[StoryJob] with { Selector = """{"match_expressions":["env in (prod,staging)"]}""", Strategy = scenario.Strategy, Meta = meta };
    }
}
