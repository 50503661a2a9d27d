using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Live;

/// <summary>The states of a deployment's executions over time, asked of the feed once in three seconds for all who look at it. Safe for any thread.</summary>
public sealed class DeploymentHistories(TimeProvider time)
{
    private readonly SharedAnswers<string, DeploymentHistory> _answers = new(time, TimeSpan.FromSeconds(3));

    /// <summary>The history of a deployment, or why there is none.</summary>
    /// <param name="feed">Asked where nobody has just asked.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="cancel">Ends the wait, not the question.</param>
    public Task<(DeploymentHistory? History, string? Problem)> OfAsync(FeedHistoryClient feed, string id, CancellationToken cancel) =>
        _answers.OfAsync(id, key => feed.OfDeploymentAsync(key, CancellationToken.None), cancel);
}
