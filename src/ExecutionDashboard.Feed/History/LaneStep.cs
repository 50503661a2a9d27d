using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.History;

/// <summary>A change on its way into a lane.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="State">The state from then on; empty when the thing was gone, or on another node.</param>
/// <param name="At">When, as far as it is believed (<see cref="LaneClock.Believed"/>).</param>
/// <param name="Floor">What follows is not before this moment: the latest of this change and those after it that kept the state.</param>
/// <param name="Source">Where it is known from.</param>
internal readonly record struct LaneStep(long Sequence, string State, DateTimeOffset At, DateTimeOffset Floor, ChangeSource Source);

/// <summary>What is believed of the times in the log: the clocks that gave them jump.</summary>
internal static class LaneClock
{
    /// <summary>How far the control plane's clock may be ahead of the feed's.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>When a change was: as told, unless that is later than it can have been; then, when it was seen.</summary>
    public static DateTimeOffset Believed(DateTimeOffset at, DateTimeOffset seen) => at > seen && at - seen > Ahead ? seen : at;
}
