using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>What the watcher must know of a kind of thing.</summary>
internal sealed record Trade<T>(
    string Plural,
    Shelf<T> Shelf,
    Func<T, long> Revision,
    Func<T, DateTimeOffset?> UpdatedAt,
    Func<T, string> SpecHash,
    Func<T?, T?, DateTimeOffset, StateChange> Step,
    Func<T, T> Keep,
    Func<string, CancellationToken, Task<ControlPlaneResult<Reading<T>>>> ReadOne) where T : class
{
    /// <summary>The first is a later state of the thing than the second.</summary>
    public bool IsNewer(T one, T other) =>
        Revision(one) != Revision(other) ? Revision(one) > Revision(other) : Nullable.Compare(UpdatedAt(one), UpdatedAt(other)) > 0;

    /// <summary>By both its marks the first is an earlier state than the second.</summary>
    public bool IsStale(T one, T other) =>
        Revision(one) < Revision(other) && Nullable.Compare(UpdatedAt(one), UpdatedAt(other)) < 0;
}

/// <summary>The kinds of things that are watched.</summary>
internal static class Trades
{
    public static Trade<Execution> Executions(FleetMirror mirror, IControlPlane server) => new(
        "executions", mirror.Executions, e => e.Revision, e => e.UpdatedAt, e => e.SpecHash, Steps.Of, mirror.Share, server.GetExecutionAsync);

    public static Trade<Node> Nodes(FleetMirror mirror, IControlPlane server) => new(
        "nodes", mirror.Nodes, n => n.Revision, n => n.UpdatedAt, _ => "", Steps.Of, n => n, server.GetNodeAsync);

    public static Trade<Job> Jobs(FleetMirror mirror, IControlPlane server) => new(
        "jobs", mirror.Jobs, j => j.Revision, j => j.UpdatedAt, j => j.SpecHash, Steps.Of, j => j, server.GetJobAsync);

    public static Trade<Deployment> Deployments(FleetMirror mirror, IControlPlane server) => new(
        "deployments", mirror.Deployments, d => d.Revision, d => d.UpdatedAt, _ => "", Steps.Of, d => d, server.GetDeploymentAsync);
}
