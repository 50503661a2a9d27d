using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.History;

/// <summary>A change on a lane.</summary>
/// <param name="Sequence">Its sequence number.</param>
/// <param name="State">The state from then on; empty when the entity was removed, or moved to another node.</param>
/// <param name="At">Its corrected time (<see cref="LaneClock.Believed"/>).</param>
/// <param name="Floor">Earliest time of the following change: the latest time of this change and of those after it with the same state.</param>
/// <param name="Source">Where it is known from.</param>
internal readonly record struct LaneStep(long Sequence, string State, DateTimeOffset At, DateTimeOffset Floor, ChangeSource Source);

/// <summary>Corrects times of the log, because clocks may jump.</summary>
internal static class LaneClock
{
    /// <summary>How far the control plane's clock may be ahead of the feed's.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The time of a change as sent, or the time it was seen if the former is too late to be right.</summary>
    public static DateTimeOffset Believed(DateTimeOffset at, DateTimeOffset seen) => at > seen && at - seen > Ahead ? seen : at;
}
