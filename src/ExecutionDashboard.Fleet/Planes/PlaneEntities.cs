using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Fleet.Planes;

/// <summary>What a plane's feed and control plane send, with the ids that the dashboard has: see <see cref="FleetPlanes"/>. An empty name of a plane changes nothing.</summary>
public static class PlaneEntities
{
    /// <summary>A change of a plane's fleet. Specs are named by their content, and are the same on all planes.</summary>
    public static FleetChange In(string plane, FleetChange change) => change.Kind == FleetKind.Spec ? change : change with
    {
        Id = Id(plane, change.Id), Execution = change.Execution is { } execution ? In(plane, execution) : null, Node = change.Node is { } node ? In(plane, node) : null,
        Job = change.Job is { } job ? In(plane, job) : null, Deployment = change.Deployment is { } deployment ? In(plane, deployment) : null,
    };

    /// <summary>An execution.</summary>
    public static Execution In(string plane, Execution execution) => execution with
    {
        Id = Id(plane, execution.Id), JobId = Id(plane, execution.JobId), NodeId = Id(plane, execution.NodeId), DeploymentId = Id(plane, execution.DeploymentId),
        PreviousId = Id(plane, execution.PreviousId), NextId = Id(plane, execution.NextId),
    };

    /// <summary>A node.</summary>
    public static Node In(string plane, Node node) => node with { Id = Id(plane, node.Id) };

    /// <summary>A job.</summary>
    public static Job In(string plane, Job job) => job with { Id = Id(plane, job.Id), DeploymentId = Id(plane, job.DeploymentId) };

    /// <summary>A deployment.</summary>
    public static Deployment In(string plane, Deployment deployment) => deployment with
    {
        Id = Id(plane, deployment.Id), JobId = Id(plane, deployment.JobId), CanaryNodes = [.. deployment.CanaryNodes.Select(node => Id(plane, node))],
    };

    /// <summary>A state change.</summary>
    public static StateChange In(string plane, StateChange change) => plane.Length == 0 ? change : change with
    {
        Id = change.Kind == FleetKind.Spec ? change.Id : Id(plane, change.Id), JobId = Id(plane, change.JobId), NodeId = Id(plane, change.NodeId), DeploymentId = Id(plane, change.DeploymentId),
    };

    /// <summary>The lane of a node.</summary>
    public static NodeLane In(string plane, NodeLane lane) => lane with
    {
        NodeId = Id(plane, lane.NodeId),
        Bars =
        [
            .. lane.Bars.Select(bar => bar with
            {
                ExecutionId = Id(plane, bar.ExecutionId), JobId = Id(plane, bar.JobId), DeploymentId = Id(plane, bar.DeploymentId), PreviousExecutionId = Id(plane, bar.PreviousExecutionId),
            }),
        ],
    };

    /// <summary>A changed job on a node, or node.</summary>
    public static ChangedThing In(string plane, ChangedThing thing) => thing with { ExecutionId = Id(plane, thing.ExecutionId), NodeId = Id(plane, thing.NodeId), JobId = Id(plane, thing.JobId) };

    private static string Id(string plane, string id) => FleetPlanes.IdOf(plane, id);
}
