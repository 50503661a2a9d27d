using ExecutionDashboard.Fleet.Timelines;

namespace ExecutionDashboard.Live;

/// <summary>
/// What nodes went through, asked of the feed once for all viewers who look at the same lanes: ends are taken a little wider, so that viewers who
/// follow the present ask the same, and an answer is given again for two seconds. Who takes it adds what came since by its number. Safe for any thread.
/// </summary>
public sealed class SharedLanes(TimeProvider time)
{
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(2);
    // Steps of a range: it is wider by two of them at most.
    private const int Steps = 64;

    private readonly SharedAnswers<(string Nodes, long From, long To), FleetTimeline> _answers = new(time, TimeSpan.FromSeconds(2));

    /// <summary>What nodes went through between two moments at least, or why that is not known.</summary>
    /// <param name="feed">Asked where nobody has just asked.</param>
    /// <param name="nodeIds">The nodes, in order.</param>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    /// <param name="cancel">Ends the wait, not the question: others may wait for it too.</param>
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
