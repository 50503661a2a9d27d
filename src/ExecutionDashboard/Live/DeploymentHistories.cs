using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;

namespace ExecutionDashboard.Live;

/// <summary>What deployments went through, asked of the feed once for all who look at it: states over time once in three seconds. Safe for any thread.</summary>
public sealed class DeploymentHistories(TimeProvider time)
{
    private readonly SharedAnswers<string, DeploymentHistory> _answers = new(time, TimeSpan.FromSeconds(3));

    // What was does not change; it is asked for again only to let go of what nobody looks at any more.
    private readonly SharedAnswers<(string Id, DateTimeOffset At), CanaryVerdict> _canaries = new(time, TimeSpan.FromMinutes(10));

    /// <summary>How the canaries of a deployment did just before a moment, or why that is not known.</summary>
    /// <param name="feed">Asked where nobody has asked lately.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancel">Ends the wait, not the question.</param>
    public Task<(CanaryVerdict? Verdict, string? Problem)> OfCanaryAsync(FeedHistoryClient feed, string id, DateTimeOffset at, CancellationToken cancel) =>
        _canaries.OfAsync((id, at), key => feed.OfCanaryAsync(key.Id, key.At, CancellationToken.None), cancel);

    /// <summary>The history of a deployment, or why there is none.</summary>
    /// <param name="feed">Asked where nobody has just asked.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancel">Ends the wait, not the question.</param>
    public Task<(DeploymentHistory? History, string? Problem)> OfAsync(FeedHistoryClient feed, string id, CancellationToken cancel) =>
        _answers.OfAsync(id, key => feed.OfDeploymentAsync(key, CancellationToken.None), cancel);
}
