using ExecutionDashboard.Simulator.Fleet;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Simulator;

/// <summary>The two published API generations.</summary>
internal enum Generation
{
    /// <summary>Deployments are a resource of their own; <c>compute_state</c>, <c>complete</c>.</summary>
    Deployment,
    /// <summary>Rollouts are part of a job's status; <c>observed_state</c>, <c>completed</c>, <c>validating</c>.</summary>
    Rollout,
}

/// <summary>Settings under <c>Simulator</c>.</summary>
internal sealed class SimulatorOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Simulator";

    /// <summary><c>deployment</c> or <c>rollout</c>.</summary>
    public string Generation { get; set; } = "deployment";
    /// <summary>Name of one of <see cref="Scenarios"/>: a small fleet with its own nodes and jobs, in which one thing happens. Empty for the demo fleet.</summary>
    public string Scenario { get; set; } = "";
    /// <summary>Seed of all random numbers.</summary>
    public long Seed { get; set; } = 1;
    /// <summary>Number of nodes, 0–1,000,000.</summary>
    public int Nodes { get; set; } = 200;
    /// <summary>Number of jobs, 0–10,000.</summary>
    public int Jobs { get; set; } = 12;
    /// <summary>Number of executions at the start, including ended ones, 0–5,000,000; null for those that placement creates.</summary>
    public int? Executions { get; set; }
    /// <summary>Random changes of executions per second, 0–100,000; 0 for a fleet that only executes commands. Null is 5, and 0 in a scenario.</summary>
    public double? ChangesPerSecond { get; set; }
    /// <summary>How many times faster than real time, 0.01–1,000. Timestamps are those of the clock.</summary>
    public double Speed { get; set; } = 1;
    /// <summary>Silence after which a node is disconnected.</summary>
    public TimeSpan DisconnectedAfter { get; set; } = TimeSpan.FromSeconds(90);
    /// <summary>Time disconnected after which a node is lost. Real servers wait an hour; a demo should be faster.</summary>
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromMinutes(5);
    /// <summary>File that stores the state, relative to the content root; empty for memory only.</summary>
    public string Database { get; set; } = "data/simulator.db";
    /// <summary>Whether lists of executions omit <c>job_spec</c>.</summary>
    public bool OmitSpecInLists { get; set; }
    /// <summary>Whether optional fields of the published schemas are omitted: see <see cref="Api.Json.SparseJson"/>.</summary>
    public bool OmitOptional { get; set; }

    /// <summary><see cref="ChangesPerSecond"/> with its default.</summary>
    public double Rate => ChangesPerSecond ?? (Scenario.Length > 0 ? 0 : 5);

    /// <summary>The file of this fleet: each scenario has its own beside <see cref="Database"/>, so that trying one does not affect the demo fleet.</summary>
    public string DatabaseFile => Database.Length == 0 || Scenario.Length == 0 ? Database
        : Path.Combine(Path.GetDirectoryName(Database) ?? "",
            $"{Path.GetFileNameWithoutExtension(Database)}-{Scenario.ToLowerInvariant()}{Path.GetExtension(Database)}");

    /// <summary>The generation as a value.</summary>
    public Generation Face =>
        Generation.Equals("rollout", StringComparison.OrdinalIgnoreCase) ? Simulator.Generation.Rollout : Simulator.Generation.Deployment;
}

/// <summary>Validates the settings; an error names the setting.</summary>
internal sealed class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SimulatorOptions options)
    {
        List<string> problems = [];
        if (options.Generation is not { } generation
            || !(generation.Equals("deployment", StringComparison.OrdinalIgnoreCase) || generation.Equals("rollout", StringComparison.OrdinalIgnoreCase)))
            problems.Add($"Simulator:Generation must be 'deployment' or 'rollout', not '{options.Generation}'.");
        if (options.Scenario is not { } scenario || (scenario.Length > 0 && Scenarios.Find(scenario) is null))
            problems.Add($"Simulator:Scenario must be empty or one of {string.Join(", ", Scenarios.All.Select(s => s.Name))}, not '{options.Scenario}'.");
        Range("Nodes", options.Nodes, 0, 1_000_000);
        Range("Jobs", options.Jobs, 0, 10_000);
        if (options.Executions is { } executions) Range("Executions", executions, 0, 5_000_000);
        Range("ChangesPerSecond", options.Rate, 0, 100_000);
        Range("Speed", options.Speed, 0.01, 1000);
        Range("DisconnectedAfter (seconds)", options.DisconnectedAfter.TotalSeconds, 1, 86_400 * 30);
        Range("LostAfter (seconds)", options.LostAfter.TotalSeconds, 1, 86_400 * 30);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Range(string key, double value, double least, double most)
        {
            if (!(value >= least && value <= most))
                problems.Add(FormattableString.Invariant($"Simulator:{key} must be between {least} and {most}, not {value}."));
        }
    }
}
