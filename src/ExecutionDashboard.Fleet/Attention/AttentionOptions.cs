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

    /// <summary>Pending on a connected node for so long: the dispatch got lost, 1 s – 7 days. Expanso's troubleshooting pages say two minutes.</summary>
    public TimeSpan DispatchLost { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Starting for so long, 1 s – 7 days.</summary>
    public TimeSpan StuckStarting { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Validating for so long, 1 s – 7 days; later where the job's own health deadline is longer.</summary>
    public TimeSpan StuckValidating { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Stopping for so long, 1 s – 7 days.</summary>
    public TimeSpan StuckStopping { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Degraded for so long, 1 s – 7 days. Expanso's troubleshooting pages say about ten minutes.</summary>
    public TimeSpan StuckDegraded { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Wanted stopped and not even stopping for so long, 1 s – 7 days.</summary>
    public TimeSpan IgnoresStop { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Nodes of one label value that lose contact within <see cref="OutageSpan"/> make an outage, 2–100,000.</summary>
    public int OutageNodes { get; set; } = 5;

    /// <summary>Within how long the nodes of an outage lose contact, 1 s – 7 days.</summary>
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

    /// <summary>Within how long the executions of a restart loop are created, 1 s – 7 days.</summary>
    public TimeSpan RestartLoopSpan { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Connects of a node within <see cref="FlappingSpan"/> that make it a flapping node, 2–16.</summary>
    public int FlappingConnects { get; set; } = 4;

    /// <summary>Within how long the connects of a flapping node are counted, 1 s – 7 days.</summary>
    public TimeSpan FlappingSpan { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Queued without executions for so long, and no connected node matches, 1 s – 7 days. A server looks again within about 15 s after a node joined.</summary>
    public TimeSpan NoMatchingNode { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Nothing finishes for so long, and for three times the longest pause of the rollout so far: it stands still. 1 s – 7 days.</summary>
    public TimeSpan RolloutStalled { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Failed nodes of a rollout, in percent of those that stop it, from which on it is near its limit, 1–100.</summary>
    public int RolloutNearLimit { get; set; } = 75;

    /// <summary>The health deadline of a rollout is near when so much is left, or a quarter of its length where that is less, 1 s – 7 days.</summary>
    public TimeSpan RolloutDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a rollback stays named, unless a new version is rolled out sooner, 1 s – 30 days.</summary>
    public TimeSpan RolledBack { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Time after the end of a rollout, or after a node came back, from which on a node without the version is outdated, 1 s – 7 days.</summary>
    public TimeSpan Outdated { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Use of a node's disk from which on it is nearly full, percent, 50–100.</summary>
    public int DiskPercent { get; set; } = 90;

    /// <summary>Use of a node's memory from which on it is nearly full, percent, 50–100.</summary>
    public int MemoryPercent { get; set; } = 95;

    /// <summary>A node's credential ends so soon, 1 s – 365 days. For credentials that live shorter, set it below their length.</summary>
    public TimeSpan CredentialEnding { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Difference of the control plane's clock from the feed's, or of a node's stamps from the control plane's, 2 s – 7 days. Times come to the second.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Share of the nodes whose agent must be newer before an agent is far behind, percent, 50–100.</summary>
    public int AgentBehindPercent { get; set; } = 90;

    /// <summary>The control plane does not answer for so long, 1 s – 7 days.</summary>
    public TimeSpan ControlPlaneUnreachable { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The feed is gone for so long, 1 s – 7 days.</summary>
    public TimeSpan FeedLost { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The change log takes no changes for so long, 1 s – 7 days.</summary>
    public TimeSpan LogUnwritable { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Objects cannot be read, or a list does not come to its end, for so long, 1 s – 7 days.</summary>
    public TimeSpan ListIncomplete { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for a part of a fleet: which nodes a job could run on is not known where some nodes are not seen.</summary>
    public AttentionOptions ForPart()
    {
        var part = (AttentionOptions)MemberwiseClone();
        part.NoMatchingNode = TimeSpan.FromDays(36_500);
        return part;
    }
}
