using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Live;

/// <summary>A difference between what is known and what was read: the thing as it is now, and the step that the log keeps.</summary>
/// <param name="Change">The thing as it is now.</param>
/// <param name="Step">The step, without its number.</param>
/// <param name="Place">Its place in the log; default when it is not known there yet.</param>
/// <param name="Before">The execution as it was before; null for other things and new ones.</param>
internal sealed record Difference(FleetChange Change, StateChange Step, Place Place = default, Execution? Before = null);
