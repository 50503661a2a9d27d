namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>The scenarios that <c>Simulator:Scenario</c> can name.</summary>
internal static class Scenarios
{
    private const string OneRegion = "region=ap-south";

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
    ];

    /// <summary>The one of a name; null when there is none.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
