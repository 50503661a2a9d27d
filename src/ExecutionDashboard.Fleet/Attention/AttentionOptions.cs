namespace ExecutionDashboard.Fleet.Attention;

/// <summary>From when on something is a problem: section <c>Attention</c> of the configuration.</summary>
public sealed class AttentionOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Attention";

    /// <summary>
    /// Age of the last heartbeat of a connected node from which on it is marked, 45 s – 7 days. The control plane's documented default after which a
    /// silent node counts as disconnected; heartbeats come every 15 s, and those of large fleets are passed on every 30 s.
    /// </summary>
    public TimeSpan StaleHeartbeat { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Pending on a connected node for so long: the dispatch got lost, 10 s – 7 days. Expanso's troubleshooting pages say two minutes.</summary>
    public TimeSpan DispatchLost { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Starting for so long, 10 s – 7 days.</summary>
    public TimeSpan StuckStarting { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Validating for so long, 10 s – 7 days; later where the job's own health deadline is longer.</summary>
    public TimeSpan StuckValidating { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Stopping for so long, 10 s – 7 days.</summary>
    public TimeSpan StuckStopping { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Degraded for so long, 10 s – 7 days. Expanso's troubleshooting pages say about ten minutes.</summary>
    public TimeSpan StuckDegraded { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Wanted stopped and not even stopping for so long, 10 s – 7 days.</summary>
    public TimeSpan IgnoresStop { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Nodes of one label value that lose contact within <see cref="OutageSpan"/> make an outage, 2–100,000.</summary>
    public int OutageNodes { get; set; } = 5;

    /// <summary>Within how long the nodes of an outage lose contact, 10 s – 7 days.</summary>
    public TimeSpan OutageSpan { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Jobs that fail on one node and run elsewhere make a fault of the node, 2–1,000.</summary>
    public int NodeFaultJobs { get; set; } = 3;

    /// <summary>Fewest nodes on which a version fails with one error before its spec is blamed, 2–100,000.</summary>
    public int SpecFaultNodes { get; set; } = 3;

    /// <summary>Share of a version's nodes that must fail with one error before its spec is blamed, percent, 50–100.</summary>
    public int SpecFaultPercent { get; set; } = 80;

    /// <summary>Fewest failed nodes that must share a trait before it is blamed, 2–100,000.</summary>
    public int CohortNodes { get; set; } = 3;

    /// <summary>Executions of one job on one node, each replacing the one before within <see cref="RestartLoopSpan"/>, that make a restart loop, 2–50.</summary>
    public int RestartLoopLinks { get; set; } = 5;

    /// <summary>Within how long the executions of a restart loop are created, 10 s – 7 days.</summary>
    public TimeSpan RestartLoopSpan { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Connects of a node within <see cref="FlappingSpan"/> that make it a flapping node, 2–16.</summary>
    public int FlappingConnects { get; set; } = 4;

    /// <summary>Within how long the connects of a flapping node are counted, 10 s – 7 days.</summary>
    public TimeSpan FlappingSpan { get; set; } = TimeSpan.FromMinutes(15);
}
