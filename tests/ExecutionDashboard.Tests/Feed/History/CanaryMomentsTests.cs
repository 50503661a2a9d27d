using ExecutionDashboard.Feed.History;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Deployments;

namespace ExecutionDashboard.Tests.Feed.History;

/// <summary>The verdict on a canary as it stood at a moment, whatever became of the nodes since.</summary>
public sealed class CanaryMomentsTests : IDisposable
{
    private const string Deployment = "dep";
    private readonly FeedRig _feed = new();

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Of_PromotedAndRolledOut_IsAsItStoodAtThePromotion()
    {
        await StartAsync(badCanaries: 2);
        var promotedAt = Now;
        // The other nodes get the version, and the canaries recover: now there is nobody to compare with.
        for (var i = 0; i < 20; i++)
        {
            Put($"old-{i}", "stopped", 1, $"n{i + 10}", revision: 2);
            Put($"new-{i}", "running", 2, $"n{i + 10}", created: promotedAt);
        }
        for (var i = 0; i < 3; i++) Put($"canary-{i}", "running", 2, $"n{i}", revision: 3);
        await _feed.CycleAsync(3);

        var verdict = Moments.Of(Deployment, promotedAt, default)!;

        Assert.Equal((CanaryOutcome.Worse, 3, 2, 20, 0), (verdict.Outcome, verdict.Canaries.Nodes, verdict.Canaries.Failed, verdict.Rest.Nodes, verdict.Rest.Failed));
    }

    [Fact]
    public async Task Of_NodeUnreachableThen_IsLeftOutThen()
    {
        _feed.Server.Nodes["n0"] = new Node { Id = "n0", Connection = "disconnected" };
        await StartAsync(badCanaries: 0);
        var at = Now;
        _feed.Server.Nodes["n0"] = new Node { Id = "n0", Connection = "connected", Revision = 2 };
        await _feed.CycleAsync(3);

        Assert.Equal(2, Moments.Of(Deployment, at, default)!.Canaries.Nodes);
        Assert.Equal(3, Moments.Of(Deployment, Now, default)!.Canaries.Nodes);
    }

    [Fact]
    public async Task Of_BeforeTheLogOrUnknownDeployment_IsNotKnown()
    {
        await StartAsync(badCanaries: 1);

        Assert.Null(Moments.Of(Deployment, FeedRig.Start.AddDays(-30), default));
        Assert.Null(Moments.Of("nobody", Now, default));
    }

    private CanaryMoments Moments => new(_feed.Open, _feed.Mirror, _feed.Ring);

    private DateTimeOffset Now => _feed.Time.GetUtcNow();

    private async Task StartAsync(int badCanaries)
    {
        _feed.Server.Deployments[Deployment] = new Deployment { Id = Deployment, JobId = "job-1", State = "in_progress", ToVersion = 2, CanaryNodes = ["n0", "n1", "n2"], CanaryPromoted = true };
        for (var i = 0; i < 3; i++) Put($"canary-{i}", "starting", 2, $"n{i}");
        for (var i = 0; i < 20; i++) Put($"old-{i}", "running", 1, $"n{i + 10}");
        await _feed.CycleAsync(3);
        for (var i = 0; i < 3; i++) Put($"canary-{i}", i < badCanaries ? "failed" : "running", 2, $"n{i}", revision: 2);
        await _feed.CycleAsync(3);
    }

    private void Put(string id, string state, int version, string node, long revision = 1, DateTimeOffset? created = null) => _feed.Server.Put(FeedRig.Execution(id, state, revision, node: node) with
    {
        JobVersion = version, DeploymentId = version == 2 ? Deployment : "before", CreatedAt = created ?? FeedRig.Start.AddHours(-1), UpdatedAt = Now,
    });
}
