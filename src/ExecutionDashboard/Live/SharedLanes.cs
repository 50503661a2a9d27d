using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Live;

/// <summary>
/// Timelines of nodes, requested from the feed once for all viewers of the same lanes. Ranges are rounded outwards, so that viewers who follow the present ask the
/// same, and an answer is reused for two seconds. Callers add later changes by sequence number. Safe for concurrent use.
/// </summary>
public sealed class SharedLanes(TimeProvider time)
{
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(2);
    // A range is divided into this many steps; it is extended by two of them at most.
    private const int Steps = 64;

    private readonly SharedAnswers<(string Nodes, long From, long To), FleetTimeline> _answers = new(time, PageTime.Reuse(time, TimeSpan.FromSeconds(2)));

    /// <summary>The timelines of nodes in at least the given range, or why they are unknown.</summary>
    /// <param name="feed">Asked if there is no recent answer.</param>
    /// <param name="nodeIds">The nodes, in order.</param>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    /// <param name="cancel">Cancels waiting, not the request, which others may wait for.</param>
    public Task<(FleetTimeline? Timeline, string? Problem)> OfNodesAsync(
        FeedHistoryClient feed, IReadOnlyList<string> nodeIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var step = Math.Max(LeastStep.Ticks, (to - from).Ticks / Steps / LeastStep.Ticks * LeastStep.Ticks);
        var (start, end) = (from.UtcTicks / step * step, Math.Min((to.UtcTicks + step - 1) / step * step, DateTimeOffset.MaxValue.Ticks));
        return _answers.OfAsync(
            (string.Join('\n', nodeIds), start, end),
            key => feed.OfNodesAsync(nodeIds, new DateTimeOffset(key.From, TimeSpan.Zero), new DateTimeOffset(key.To, TimeSpan.Zero), CancellationToken.None), cancel);
    }
}
