using ExecutionDashboard.Fleet.Changes;

namespace ExecutionDashboard.Live;

/// <summary>
/// What changed in ranges of time, requested from the feed once for all viewers of the same range. A range that ends now is rounded to whole steps, so that viewers who ask at about the same time
/// ask the same. Safe for concurrent use.
/// </summary>
public sealed class SharedChanges(TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly SharedAnswers<(long From, long To, string By), FleetChanges> _answers = new(time, Step);

    /// <summary>What changed, or why it is unknown.</summary>
    /// <param name="feed">Asked if there is no recent answer.</param>
    /// <param name="from">Beginning of the range.</param>
    /// <param name="to">Its end; null for now.</param>
    /// <param name="by">What executions and nodes are grouped by.</param>
    /// <param name="cancel">Cancels waiting, not the request, which others may wait for.</param>
    public Task<(FleetChanges? Changes, string? Problem)> OfAsync(FeedHistoryClient feed, DateTimeOffset from, DateTimeOffset? to, ChangeGrouping by, CancellationToken cancel)
    {
        // The feed takes what is to come as now.
        var end = to?.UtcTicks ?? (time.GetUtcNow().UtcTicks / Step.Ticks + 1) * Step.Ticks;
        var start = to is null ? from.UtcTicks / Step.Ticks * Step.Ticks : from.UtcTicks;
        return _answers.OfAsync((start, end, by.Name), key => feed.OfChangesAsync(new(key.From, TimeSpan.Zero), new(key.To, TimeSpan.Zero), new ChangeGrouping(key.By), CancellationToken.None), cancel);
    }
}
