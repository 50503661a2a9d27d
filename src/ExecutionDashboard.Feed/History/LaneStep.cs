using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage.Log;

namespace ExecutionDashboard.Feed.History;

/// <summary>A change on a lane.</summary>
/// <param name="Sequence">Its sequence number.</param>
/// <param name="State">The state from then on; empty when the entity was removed, or moved to another node.</param>
/// <param name="At">Its corrected time (<see cref="LaneClock.Believed"/>).</param>
/// <param name="Floor">Earliest time of the following change: the latest time of this change and of those after it with the same state.</param>
/// <param name="Source">Where it is known from.</param>
internal readonly record struct LaneStep(long Sequence, string State, DateTimeOffset At, DateTimeOffset Floor, ChangeSource Source);
