using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Fleet.Deployments;

/// <summary>A fleet in the middle of a rollout, for tests.</summary>
internal static class RolloutFleet
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    public static Deployment Rollout(int? total = null, string state = "in_progress", params string[] canaries) => new()
    {
        Id = "dep", JobId = "job", Type = "update", FromVersion = 6, ToVersion = 7, State = state, TotalNodes = total, CanaryNodes = canaries, CreatedAt = Start,
    };

    public static Execution On(string node, string state, int second = 0, string id = "", string deployment = "dep", int version = 7) => new()
    {
        Id = id.Length > 0 ? id : $"{deployment}/{node}/{second}", JobId = "job", JobVersion = version, NodeId = node, DeploymentId = deployment,
        Actual = new StateReport(ExecutionState.Parse(state)), CreatedAt = Start.AddSeconds(second), UpdatedAt = Start.AddSeconds(second + 5),
    };

    public static FleetStore StoreOf(params Execution[] executions) => StoreOf([], executions);

    public static FleetStore StoreOf(IEnumerable<Node> nodes, IEnumerable<Execution> executions)
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(new Job { Id = "job", Name = "ingest" }), .. nodes.Select(FleetChange.Of), .. executions.Select(FleetChange.Of)]);
        return store;
    }

    public static IEnumerable<Execution> Many(int from, int count, string state, int second = 0, string deployment = "dep", int version = 7) =>
        Enumerable.Range(from, count).Select(i => On($"n{i:000}", state, second, deployment: deployment, version: version));

    public static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
