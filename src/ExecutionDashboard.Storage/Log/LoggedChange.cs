using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>A change as those need it who read a range of the log; texts by their keys.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Entity">Key of the entity.</param>
/// <param name="Kind">Kind of the entity.</param>
/// <param name="Old">State before; 0 when the log did not have the entity.</param>
/// <param name="New">State after; 0 when it was removed.</param>
/// <param name="Desired">Desired state after, of executions.</param>
/// <param name="Error">Error code.</param>
/// <param name="Job">The job.</param>
/// <param name="Version">The job's version.</param>
/// <param name="Node">The node.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="At">When it changed, UTC: see <see cref="LaneClock.Believed"/>.</param>
/// <param name="Replaced">Whether another execution had replaced it.</param>
/// <param name="Previous">Number of the change before; 0 for the first.</param>
/// <param name="Seen">When the feed saw it, UTC.</param>
internal readonly record struct LoggedChange(
    long Sequence, long Entity, FleetKind Kind, long Old, long New, long Desired, long Error, long Job, int Version, long Node, long Deployment, DateTimeOffset At, bool Replaced, long Previous, DateTimeOffset Seen = default);
