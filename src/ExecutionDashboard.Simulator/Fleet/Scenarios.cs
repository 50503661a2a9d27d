namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>The scenarios that <c>Simulator:Scenario</c> can name.</summary>
internal static class Scenarios
{
    private const string OneRegion = "region=ap-south";

    private static TimeSpan Soon => TimeSpan.FromSeconds(5);
    private static SeedStrategy Quiet => new("rolling", Nodes: 6, Percent: 25, Deadline: 30);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("canary-waits", 24, new("canary", Nodes: 7, Percent: 30, CanaryCount: 3, Deadline: 30, Healthy: 2)),
        new("canary-auto-promotes", 24, new("canary", Nodes: 7, Percent: 30, CanaryCount: 3, AutoPromote: true, Deadline: 30, Healthy: 2)),
        // Two of the three canaries have to fail before it is given up, so that there is something to see.
        new("canary-fails", 24, new("canary", Nodes: 7, Percent: 30, CanaryCount: 3, MaxFailedPercent: 50, Deadline: 10, Healthy: 4)) { FailureRate = 1 },
        // A fifth of the nodes are in each region: about one a wave fails, and the fifth is one too many.
        new("rolling-hits-limit", 50, new("rolling", Nodes: 5, Percent: 10, MaxFailed: 4, MaxFailedPercent: 20, Deadline: 8, Healthy: 3)) { FailureRate = 1, FailsOn = OneRegion },
        new("rolling-slow", 60, new("rolling", Nodes: 3, Percent: 5, Deadline: 60, Healthy: 6)) { Pace = 1 },
        new("nodes-go-offline", 30, new("rolling", Nodes: 6, Percent: 20, MaxFailed: 8, MaxFailedPercent: 40, Deadline: 18, Healthy: 4))
        {
            Outage = new(3, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40),
                // In time for the deadline, too late for it, for good; and one whose wave goes by while it is away.
                [TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(14), TimeSpan.Zero], Before: TimeSpan.FromSeconds(20), After: TimeSpan.FromSeconds(15)),
        },
        new("first-version-fails", 24, new("rolling", Nodes: 8, Percent: 30, MaxFailed: 2, MaxFailedPercent: 20, Deadline: 8, Healthy: 3)) { FailureRate = 1, VersionsBefore = 0 },
        new("ten-thousand", 10_000, new("rolling", Nodes: 1000, Percent: 10, MaxFailed: 100, Deadline: 60, Healthy: 5)) { Pace = 1, VersionsBefore = 2, HasOtherJobs = false },
        new("no-auto-rollback", 50, new("rolling", Nodes: 5, Percent: 10, MaxFailed: 4, MaxFailedPercent: 20, NoAutoRollback: true, Deadline: 8, Healthy: 3))
        {
            FailureRate = 1, FailsOn = OneRegion,
        },
        // A fifth of the nodes go together: long enough for all to be lost, and they come back one after the other.
        new("region-falls-over", 60, new("rolling", Nodes: 6, Percent: 10))
        {
            Breakdown = new(OneRegion, int.MaxValue, First: TimeSpan.FromSeconds(15), Away: TimeSpan.FromSeconds(50), Every: TimeSpan.FromMinutes(3),
                DisconnectedAfter: TimeSpan.FromSeconds(5), LostAfter: TimeSpan.FromSeconds(25)) { Straggle = TimeSpan.FromSeconds(20) },
        },
        new("node-flaps", 24, new("rolling", Nodes: 6, Percent: 25))
        {
            Breakdown = new(OneRegion, 1, First: TimeSpan.FromSeconds(5), Away: TimeSpan.FromSeconds(9), Every: TimeSpan.FromSeconds(25),
                DisconnectedAfter: TimeSpan.FromSeconds(3), LostAfter: TimeSpan.FromMinutes(5)),
        },
        new("node-away", 24, Quiet)
        {
            Breakdown = new(OneRegion, 1, First: Soon, Away: TimeSpan.FromMinutes(1), Every: TimeSpan.FromMinutes(5), DisconnectedAfter: TimeSpan.FromSeconds(5), LostAfter: TimeSpan.FromMinutes(5)),
        },
        // The control plane takes ten minutes to miss it.
        new("heartbeat-stale", 24, Quiet)
        {
            Breakdown = new(OneRegion, 1, First: Soon, Away: TimeSpan.FromMinutes(3), Every: TimeSpan.FromMinutes(10), DisconnectedAfter: TimeSpan.FromMinutes(10), LostAfter: TimeSpan.FromHours(1)),
        },
        // Each lasts somewhat longer than the threshold from which on it is named.
        With("dispatch-lost", TroubleKind.LostStart, minutes: 4, nodes: 2),
        With("start-on-silent-node", TroubleKind.StartOnSilentNode, minutes: 2) with
        {
            Trouble = new(TroubleKind.StartOnSilentNode, Soon, TimeSpan.FromMinutes(2)) { DisconnectedAfter = TimeSpan.FromSeconds(5) },
        },
        With("stuck-starting", TroubleKind.SlowStart, minutes: 7),
        With("stuck-validating", TroubleKind.SlowValidation, minutes: 12),
        With("stuck-stopping", TroubleKind.SlowStop, minutes: 4),
        With("ignores-stop", TroubleKind.IgnoredStop, minutes: 3),
        With("stuck-degraded", TroubleKind.Degraded, minutes: 12, nodes: 2),
        With("execution-fails", TroubleKind.Failure, minutes: 2),
        With("node-fails", TroubleKind.BadNode, minutes: 2),
        With("restart-loop", TroubleKind.RestartLoop, minutes: 2),
        With("no-node-matches", TroubleKind.NoMatch, minutes: 2),
        With("nodes-outdated", TroubleKind.OldVersion, minutes: 8, nodes: 3),
        With("disk-full", TroubleKind.FullDisk, minutes: 2, nodes: 2),
        With("memory-full", TroubleKind.FullMemory, minutes: 2),
        With("credential-ends", TroubleKind.EndingCredential, minutes: 2, nodes: 2),
        With("clock-ahead", TroubleKind.FastClock, minutes: 2),
        With("agent-behind", TroubleKind.OldAgent, minutes: 2),
        With("control-plane-silent", TroubleKind.Silence, minutes: 1),
        With("list-incomplete", TroubleKind.Unreadable, minutes: 2),
        // All nodes at once and no health check: nothing stops what is wrong with the version.
        new("spec-fails", 24, new("immediate")) { FailureRate = 1, FailsWith = "CONFIG_INVALID" },
        new("cohort-fails", 50, new("immediate")) { FailureRate = 1, FailsOn = OneRegion },
        new("rollout-paused", 30, new("rolling", Nodes: 6, Percent: 20, Deadline: 60, Healthy: 4)) { Trouble = new(TroubleKind.Pause, Soon, TimeSpan.FromMinutes(1)) },
        // From its third wave on nothing gets beyond starting for a while.
        new("rollout-stalled", 30, new("rolling", Nodes: 6, Percent: 20, Deadline: 600, Healthy: 4))
        {
            Trouble = new(TroubleKind.SlowRollout, TimeSpan.FromSeconds(12), TimeSpan.FromMinutes(4)) { Nodes = int.MaxValue },
        },
        new("rollout-deadline", 30, new("rolling", Nodes: 6, Percent: 20, Deadline: 60, Healthy: 4))
        {
            Trouble = new(TroubleKind.SlowRollout, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(50)) { Nodes = int.MaxValue },
        },
        // Nine nodes fail, wherever they are, and one more would stop it.
        new("rollout-near-limit", 100, new("rolling", Nodes: 10, Percent: 10, MaxFailed: 9, MaxFailedPercent: 100, Deadline: 8, Healthy: 4)) { FailureRate = 0.15 },
    ];

    private static Scenario With(string name, TroubleKind kind, double minutes, int nodes = 1) =>
        new(name, 24, Quiet) { Trouble = new(kind, Soon, TimeSpan.FromMinutes(minutes)) { Nodes = nodes } };

    /// <summary>The one of a name; null when there is none.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
