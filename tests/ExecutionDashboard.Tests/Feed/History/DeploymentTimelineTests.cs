using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Feed.History;

/// <summary>The states of a deployment over time: a node counts once at each moment.</summary>
public sealed class DeploymentTimelineTests : IDisposable
{
    private readonly FeedRig _feed = new();

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Of_NodeFailedAndRetried_IsAFailureOnlyUntilTheRetry()
    {
        _feed.Server.Deployments["dep"] = new Deployment { Id = "dep", JobId = "job-1", State = "in_progress", ToVersion = 1, CreatedAt = FeedRig.Start };
        Put("b1", "failed", at: 0);
        await _feed.CycleAsync(20);
        Put("b1r", "running", at: 20);
        await _feed.CycleAsync(20);

        var history = new DeploymentTimeline(_feed.Open, _feed.Mirror, _feed.Time).Of("dep")!;

        Assert.Equal(["running", "failed"], history.Series.Select(s => s.State.Name));
        Assert.All(history.Times.Select((_, i) => history.Series.Sum(s => s.Counts[i])), nodes => Assert.InRange(nodes, 0, 1));
        Assert.Equal((1, 0), (history.Series[0].Counts[^1], history.Series[1].Counts[^1]));
        Assert.Contains(1, history.Series[1].Counts);
    }

    private void Put(string id, string state, int at) => _feed.Server.Put(FeedRig.Execution(id, state) with
    {
        DeploymentId = "dep", CreatedAt = FeedRig.Start.AddSeconds(at), UpdatedAt = FeedRig.Start.AddSeconds(at),
    });
}
