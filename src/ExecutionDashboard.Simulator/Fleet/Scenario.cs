namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>A fleet that is quiet but for one job, and what happens to that job from the start of the simulator on.</summary>
/// <param name="Name">What <c>Simulator:Scenario</c> calls it.</param>
/// <param name="Nodes">Nodes of the fleet; the job runs on all of them.</param>
/// <param name="Strategy">How the job's new version is rolled out.</param>
internal sealed record Scenario(string Name, int Nodes, SeedStrategy Strategy)
{
    /// <summary>Versions that ran on every node before; 0 when the story is that of the first.</summary>
    public int VersionsBefore { get; init; } = 3;
    /// <summary>0–1: the share of the new version's executions that fail.</summary>
    public double FailureRate { get; init; }
    /// <summary>Expression over a node's labels: the new version fails only there. Empty is everywhere.</summary>
    public string FailsOn { get; init; } = "";
    /// <summary>Code of the error that the new version fails with; empty is one or another.</summary>
    public string FailsWith { get; init; } = "";
    /// <summary>How long the job's executions take to start: 1 is as long as others do.</summary>
    public double Pace { get; init; } = 0.4;
    /// <summary>There are other jobs in the fleet, which just run.</summary>
    public bool HasOtherJobs { get; init; } = true;
    /// <summary>Nodes that fall silent, or none.</summary>
    public Outage? Outage { get; init; }
    /// <summary>Nodes that fall silent again and again, or none. The job then just runs: nothing is rolled out.</summary>
    public Breakdown? Breakdown { get; init; }
    /// <summary>Something else that goes wrong, or nothing.</summary>
    public Trouble? Trouble { get; init; }
    /// <summary>The job's new version is rolled out from the start on.</summary>
    public bool RollsOut => Breakdown is null && Trouble is null or { InRollout: true };
}

/// <summary>Nodes that fall silent together, come back, and fall silent again.</summary>
/// <param name="On">Expression over a node's labels: which ones.</param>
/// <param name="Most">How many of them at most, from the first by name on.</param>
/// <param name="First">When they first do, from the start.</param>
/// <param name="Away">How long they are away.</param>
/// <param name="Every">Time from one breakdown to the next.</param>
/// <param name="DisconnectedAfter">Silence after which they count as disconnected.</param>
/// <param name="LostAfter">Time disconnected after which they count as lost.</param>
internal sealed record Breakdown(string On, int Most, TimeSpan First, TimeSpan Away, TimeSpan Every, TimeSpan DisconnectedAfter, TimeSpan LostAfter)
{
    /// <summary>Over how long they come back, one after the other: not all at once.</summary>
    public TimeSpan Straggle { get; init; }
}

/// <summary>Nodes of one wave, and some before and after it, that fall silent while the wave is on its way.</summary>
/// <param name="Wave">The wave, from 1.</param>
/// <param name="DisconnectedAfter">Silence after which they count as disconnected.</param>
/// <param name="LostAfter">Time disconnected after which they count as lost.</param>
/// <param name="InWave">How long each of the wave's nodes is away; zero is for good.</param>
/// <param name="Before">How long a node is away that has the new version already.</param>
/// <param name="After">How long a node is away whose wave has not come yet.</param>
internal sealed record Outage(int Wave, TimeSpan DisconnectedAfter, TimeSpan LostAfter, IReadOnlyList<TimeSpan> InWave, TimeSpan Before, TimeSpan After);
