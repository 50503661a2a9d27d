using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Nodes;

/// <summary>A store with the nodes and executions of a test.</summary>
internal static class NodeFleet
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static FleetStore Of(params FleetChange[] changes)
    {
        var store = new FleetStore();
        store.Apply(changes);
        return store;
    }

    public static FleetChange Node(string id, string connection = "connected", string labels = "", string agent = "2.1.0", double? cpu = null, string name = "") => FleetChange.Of(new Node
    {
        Id = id, Name = name, Connection = connection, AgentVersion = agent, OperatingSystem = "linux", Architecture = "arm64",
        Labels = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1]),
        Resources = cpu is { } use ? new(use, null, null, null, null, null, null) : null, LastHeartbeat = Start,
    });

    public static FleetChange Execution(string id, string node, string state = "running", string job = "job-1", int version = 1, string next = "", int seconds = 0) => FleetChange.Of(new Execution
    {
        Id = id, JobId = job, JobVersion = version, NodeId = node, NextId = next, CreatedAt = Start.AddSeconds(seconds),
        Actual = new(ExecutionState.Parse(state)), Desired = new(ExecutionState.Parse("running")),
    });

    public static IReadOnlyList<string> Find(FleetStore store, string url) => Ids(store, store.SelectNodes(NodeQuery.Parse(url)));

    public static IReadOnlyList<string> Ids(FleetStore store, NodeSelection selection) =>
        [.. store.NodesOf(selection, 0, int.MaxValue).Select(n => n?.Node.Id ?? "gone")];
}
