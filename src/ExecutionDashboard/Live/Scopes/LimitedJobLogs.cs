using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;

namespace ExecutionDashboard.Live.Scopes;

/// <summary>The logs of what is seen: of a job on a node, and of all its nodes where all are seen.</summary>
/// <param name="logs">All logs.</param>
/// <param name="sight">What is seen.</param>
public sealed class LimitedJobLogs(IJobLogs logs, FleetSight sight) : IJobLogs
{
    /// <inheritdoc/>
    public async Task<ControlPlaneResult<LogStream>> FollowAsync(LogRequest request, CancellationToken cancel = default) =>
        !sight.SeesJob(request.JobId) || (request.NodeId.Length > 0 && !(sight.SeesNode(request.NodeId) && sight.Sees(request.JobId, request.NodeId))) ? LimitedControlPlane.NotFound
        : request.NodeId.Length == 0 && !sight.SeesWholeJob(request.JobId) ? LimitedControlPlane.Forbidden
        : await logs.FollowAsync(request, cancel);
}
