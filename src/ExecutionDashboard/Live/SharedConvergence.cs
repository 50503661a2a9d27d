using ExecutionDashboard.Fleet.Convergence;

namespace ExecutionDashboard.Live;

/// <summary>Convergence of jobs and of the fleet, requested from the feed once for all viewers of the same. Safe for concurrent use.</summary>
public sealed class SharedConvergence(TimeProvider time)
{
    private readonly SharedAnswers<string, ConvergenceReport> _answers = new(time, TimeSpan.FromSeconds(10));

    /// <summary>The convergence of a job, or of the fleet, or why it is unknown.</summary>
    /// <param name="feed">Asked if there is no recent answer.</param>
    /// <param name="jobId">The job; empty for the fleet.</param>
    /// <param name="cancel">Cancels waiting, not the request, which others may wait for.</param>
    public Task<(ConvergenceReport? Report, string? Problem)> OfAsync(FeedHistoryClient feed, string jobId, CancellationToken cancel) =>
        _answers.OfAsync(jobId, key => feed.OfConvergenceAsync(key, CancellationToken.None), cancel);
}
