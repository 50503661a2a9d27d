using System.Collections.Concurrent;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>
/// What nodes went through, asked of the feed once for all viewers who look at the same lanes: ends are taken a little wider, so that viewers who
/// follow the present ask the same, and an answer is given again for two seconds. Who takes it adds what came since by its number. Safe for any thread.
/// </summary>
public sealed class SharedLanes(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(2);
    // Steps of a range: it is wider by two of them at most.
    private const int Steps = 64;

    private readonly ConcurrentDictionary<(string Nodes, long From, long To), Lazy<Task<(FleetTimeline? Timeline, string? Problem)>>> _asked = new();

    /// <summary>What nodes went through between two moments at least, or why that is not known.</summary>
    /// <param name="feed">Asked where nobody has just asked.</param>
    /// <param name="nodeIds">The nodes, in order.</param>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    /// <param name="cancel">Ends the wait, not the question: others may wait for it too.</param>
    public async Task<(FleetTimeline? Timeline, string? Problem)> OfNodesAsync(
        FeedHistoryClient feed, IReadOnlyList<string> nodeIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var step = Math.Max(LeastStep.Ticks, (to - from).Ticks / Steps / LeastStep.Ticks * LeastStep.Ticks);
        var (start, end) = (from.UtcTicks / step * step, Math.Min((to.UtcTicks + step - 1) / step * step, DateTimeOffset.MaxValue.Ticks));
        var question = (string.Join('\n', nodeIds), start, end);
        var asked = _asked.GetOrAdd(question, key => new(() => AskAsync(feed, nodeIds, key)));
        return await asked.Value.WaitAsync(cancel);
    }

    private async Task<(FleetTimeline?, string?)> AskAsync(FeedHistoryClient feed, IReadOnlyList<string> nodeIds, (string Nodes, long From, long To) question)
    {
        var kept = TimeSpan.Zero;
        try
        {
            var answer = await feed.OfNodesAsync(nodeIds, new DateTimeOffset(question.From, TimeSpan.Zero), new DateTimeOffset(question.To, TimeSpan.Zero), CancellationToken.None);
            if (answer.Timeline is not null) kept = Kept;
            return answer;
        }
        finally
        {
            // Whatever went wrong is nobody's answer: who asks next asks anew.
            _ = ForgetAsync(question, kept);
        }
    }

    private async Task ForgetAsync((string, long, long) question, TimeSpan after)
    {
        if (after > TimeSpan.Zero) await Task.Delay(after, time);
        _asked.TryRemove(question, out _);
    }
}
