using System.Globalization;
using System.Text.Json.Nodes;
using ExecutionDashboard.Simulator;
using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Fleet;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Simulator;

/// <summary>An emulated fleet that does nothing by itself, and whose time a test moves.</summary>
internal sealed class SimulatedFleet
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public SimulatedFleet(int nodes = 20, string generation = "deployment", double changesPerSecond = 0, int jobs = 0, long seed = 1)
    {
        Engine = FleetBuilder.Build(
            new() { Nodes = nodes, Jobs = jobs, Generation = generation, ChangesPerSecond = changesPerSecond, Database = "", Seed = seed }, _clock.GetUtcNow());
        foreach (var node in World.Nodes) Assert.Equal(Connection.Connected, changesPerSecond > 0 ? Connection.Connected : node.Connection);
    }

    private SimulatedFleet(string scenario, string generation) =>
        Engine = FleetBuilder.Build(new() { Scenario = scenario, Generation = generation, Database = "" }, _clock.GetUtcNow());

    public SimulatorEngine Engine { get; }
    public World World => Engine.World;

    /// <summary>The fleet of a scenario, at its start.</summary>
    public static SimulatedFleet Of(string scenario, string generation) => new(scenario, generation);

    /// <summary>The job that a scenario is about.</summary>
    public SimJob Staged => World.Jobs.Single(j => j.LeftAlone);

    /// <summary>Seconds since the start.</summary>
    public double Elapsed => TimeSpan.FromTicks(World.Now - World.StartedAt).TotalSeconds;

    /// <summary>Lets seconds pass.</summary>
    public void Pass(double seconds)
    {
        // In pieces: a long gap would be skipped, as that of a machine that slept.
        for (var left = seconds; left > 0; left -= 10)
        {
            _clock.Advance(TimeSpan.FromSeconds(Math.Min(10, left)));
            Engine.AdvanceTo(_clock.GetUtcNow());
        }
    }

    /// <summary>Lets time pass until something holds; fails after ten minutes.</summary>
    public void Until(Func<bool> holds)
    {
        for (var i = 0; i < 6000 && !holds(); i++) Pass(0.1);
        Assert.True(holds(), "It did not happen within ten minutes.");
    }

    /// <summary>Creates or updates a job that runs on nodes which do not fail by themselves.</summary>
    public SimJob Put(string name, string strategy, double failureRate = 0, string type = "pipeline", string extra = "", int revision = 1)
    {
        var ids = string.Join(',', World.Nodes.Where(n => n.FailureRate == 0).Select(n => $"\"{n.Id}\""));
        var block = World.Face == Generation.Deployment
            ? $$"""
              "deployment":{"strategy":"{{strategy}}","max_parallel":4,"health_check":{"deadline":"60s","min_healthy_time":"10s"}{{extra}}}
              """
            : $$"""
              "rollout":{"strategy":"{{strategy}}","max_parallel":25,"health_check":{"deadline":60000000000,"interval":5000000000,"success_threshold":2}{{extra}}}
              """;
        var spec = JsonNode.Parse($$"""
            {"name":"{{name}}","type":"{{type}}","meta":{"{{SpecReading.FailureRateKey}}":"{{failureRate.ToString(CultureInfo.InvariantCulture)}}"},
             "selector":{"match_ids":[{{ids}}]},"config":{"revision":{{revision}}},{{block}}}
            """)!.AsObject();
        var (job, _) = Engine.Commands.Put(spec, null, force: false, dryRun: false);
        Engine.Settle();
        return job;
    }

    /// <summary>A job whose first version runs well everywhere.</summary>
    public SimJob Running(string name, string strategy, string extra = "")
    {
        var job = Put(name, "immediate");
        Until(() => !job.Deployment!.IsOpen && Present(job).All(e => e.Stable));
        return Put(name, strategy, extra: extra, revision: 2);
    }

    /// <summary>The newest execution of a job on each node.</summary>
    public List<SimExecution> Present(SimJob job) => [.. World.Nodes.Select(n => n.CurrentOf(job)).OfType<SimExecution>()];

    /// <summary>All executions in a form that can be compared.</summary>
    public string Story() => string.Join('\n', World.Executions.From(0, descending: false).Select(e =>
        $"{World.ExecutionIds.Of(e.Ordinal)} {e.Job.Id}@{e.Version.Number} {e.Node.Id} {e.Desired} {e.Actual} {e.Revision} {e.UpdatedAt} {e.Report.Message}"));
}
