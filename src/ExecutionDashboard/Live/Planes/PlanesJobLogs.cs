using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.ControlPlane.Logs;
using ExecutionDashboard.Fleet.Planes;

namespace ExecutionDashboard.Live.Planes;

/// <summary>The logs of several control planes: that of a job comes from its plane.</summary>
/// <param name="planes">The planes.</param>
/// <param name="logs">The logs of each, by its name.</param>
public sealed class PlanesJobLogs(FleetPlanes planes, IReadOnlyDictionary<string, IJobLogs> logs) : IJobLogs
{
    /// <inheritdoc/>
    public async Task<ControlPlaneResult<LogStream>> FollowAsync(LogRequest request, CancellationToken cancel = default)
    {
        var plane = planes.Of(request.JobId);
        if (!logs.TryGetValue(plane, out var own)) return new ControlPlaneFailure(ControlPlaneError.NotFound, "None of the control planes has this job.");
        return await own.FollowAsync(request with { JobId = planes.OwnId(request.JobId), NodeId = planes.OwnId(request.NodeId), NodeIdOf = node => FleetPlanes.IdOf(plane, node) }, cancel);
    }
}
