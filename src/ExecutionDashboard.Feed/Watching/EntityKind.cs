using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Watching;

/// <summary>What the watcher needs to know about a kind of entity.</summary>
internal sealed record EntityKind<T>(
    string Plural,
    EntityTable<T> Table,
    Func<T, long> Revision,
    Func<T, DateTimeOffset?> UpdatedAt,
    Func<T, string> SpecHash,
    Func<T?, T?, DateTimeOffset, StateChange> Step,
    Func<T, T> Keep,
    Func<string, CancellationToken, Task<ControlPlaneResult<Reading<T>>>> ReadOne) where T : class
{
    /// <summary>Whether the first value is newer than the second.</summary>
    public bool IsNewer(T one, T other) =>
        Revision(one) != Revision(other) ? Revision(one) > Revision(other) : Nullable.Compare(UpdatedAt(one), UpdatedAt(other)) > 0;

    /// <summary>Whether the first value is older than the second by both revision and time.</summary>
    public bool IsStale(T one, T other) =>
        Revision(one) < Revision(other) && Nullable.Compare(UpdatedAt(one), UpdatedAt(other)) < 0;
}

/// <summary>The kinds of entities that are watched.</summary>
internal static class EntityKinds
{
    public static EntityKind<Execution> Executions(FleetMirror mirror, IControlPlane server) => new(
        "executions", mirror.Executions, e => e.Revision, e => e.UpdatedAt, e => e.SpecHash, StateChanges.Of, e => e, server.GetExecutionAsync);

    public static EntityKind<Node> Nodes(FleetMirror mirror, IControlPlane server) => new(
        "nodes", mirror.Nodes, n => n.Revision, n => n.UpdatedAt, _ => "", StateChanges.Of, n => n, server.GetNodeAsync);

    public static EntityKind<Job> Jobs(FleetMirror mirror, IControlPlane server) => new(
        "jobs", mirror.Jobs, j => j.Revision, j => j.UpdatedAt, j => j.SpecHash, StateChanges.Of, j => j, server.GetJobAsync);

    public static EntityKind<Deployment> Deployments(FleetMirror mirror, IControlPlane server) => new(
        "deployments", mirror.Deployments, d => d.Revision, d => d.UpdatedAt, _ => "", StateChanges.Of, d => d, server.GetDeploymentAsync);
}
