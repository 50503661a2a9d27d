using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;
using ExecutionDashboard.Live.Past;

namespace ExecutionDashboard.Live;

/// <summary>Histories of deployments, requested from the feed once for all viewers; states over time at most every three seconds. Safe for concurrent use.</summary>
public sealed class DeploymentHistories(TimeProvider time)
{
    private readonly SharedAnswers<string, DeploymentHistory> _answers = new(time, PageTime.Reuse(time, TimeSpan.FromSeconds(3)));

    // The past does not change; entries expire only to free memory.
    private readonly SharedAnswers<(string Id, DateTimeOffset At), CanaryVerdict> _canaries = new(time, TimeSpan.FromMinutes(10));

    /// <summary>The canary verdict just before a point in time, or why it is unknown.</summary>
    /// <param name="feed">Asked if there is no recent answer.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="at">The point in time.</param>
    /// <param name="cancel">Cancels waiting, not the request.</param>
    public Task<(CanaryVerdict? Verdict, string? Problem)> OfCanaryAsync(FeedHistoryClient feed, string id, DateTimeOffset at, CancellationToken cancel) =>
        _canaries.OfAsync((id, at), key => feed.OfCanaryAsync(key.Id, key.At, CancellationToken.None), cancel);

    /// <summary>The history of a deployment, or why there is none.</summary>
    /// <param name="feed">Asked if there is no recent answer.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancel">Cancels waiting, not the request.</param>
    public Task<(DeploymentHistory? History, string? Problem)> OfAsync(FeedHistoryClient feed, string id, CancellationToken cancel) =>
        _answers.OfAsync(id, key => feed.OfDeploymentAsync(key, CancellationToken.None), cancel);
}
