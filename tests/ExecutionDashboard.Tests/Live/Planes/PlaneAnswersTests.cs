using System.Net;
using System.Net.Http.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Planes;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live.Planes;

public sealed class PlaneAnswersTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Moment_OfTwoPlanes_AddsCountsAndKeepsTheStatesOfEachNode()
    {
        var eu = new FleetMoment { At = Noon, Sequence = 3, Executions = new Dictionary<string, int> { ["running"] = 2 }, Nodes = new() { Ids = ["n"], States = ["running", "connected"], Executions = [1], Connections = [1] } };
        var us = new FleetMoment { At = Noon, Sequence = 4, Executions = new Dictionary<string, int> { ["running"] = 1, ["failed"] = 1 }, Nodes = new() { Ids = ["n"], States = ["lost", "failed", "running"], Executions = [6], Connections = [0] } };

        var both = PlaneAnswers.Moment([("eu", eu), ("us", us)]);

        Assert.Equal((7L, 3, 1), (both.Sequence, both.Executions["running"], both.Executions["failed"]));
        Assert.Equal(["eu~n", "us~n"], both.Nodes!.Ids);
        Assert.Equal(["running"], both.Nodes.StatesOf(0).Select(state => state.Name));
        Assert.Equal(["failed", "running"], both.Nodes.StatesOf(1).Select(state => state.Name).Order());
        Assert.Equal(("connected", "lost"), (both.Nodes.ConnectionOf(0), both.Nodes.ConnectionOf(1)));
    }

    [Fact]
    public void Changes_ByJobAndByCause_KeepJobsApartAndCausesTogether()
    {
        static FleetChanges Of(string name, int count) => new()
        {
            From = Noon, To = Noon, Changes = 10, Sections = [new(ChangeKind.Failed, count, [new(name, count, [new ChangedThing { JobId = "j", NodeId = "n", At = Noon }])], 1)], Jobs = [new("j", 1, 2, "", "", Noon)], JobCount = 1,
        };
        var byJob = PlaneAnswers.Changes([("eu", Of("j", 2)), ("us", Of("j", 3))], ChangeGrouping.Job);
        var byCause = PlaneAnswers.Changes([("eu", Of("oom", 2)), ("us", Of("oom", 3))], ChangeGrouping.Cause);

        Assert.Equal([("us~j", 3), ("eu~j", 2)], Assert.Single(byJob.Sections).Groups.Select(group => (group.Name, group.Count)));
        Assert.Equal((5, 20, 2), (byJob.Sections[0].Count, byJob.Changes, byJob.JobCount));
        var cause = Assert.Single(Assert.Single(byCause.Sections).Groups);
        Assert.Equal(("oom", 5), (cause.Name, cause.Count));
        Assert.Equal(["eu~n", "us~n"], cause.Named.Select(thing => thing.NodeId).Order());
    }

    [Fact]
    public void Convergence_OfTwoPlanes_AddsNumbersAndMakesUpNoTimes()
    {
        static ConvergenceReport Of(long converged) => new() { Open = 1, Windows = [new(TimeSpan.FromDays(1), converged, 0, converged, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(9), 0)] };

        var both = PlaneAnswers.Convergence([("eu", Of(4)), ("us", Of(6))]);
        Assert.Equal((2, 10L, (TimeSpan?)null), (both.Open, both.Windows[0].Converged, both.Windows[0].Median));
        Assert.Equal(TimeSpan.FromSeconds(5), PlaneAnswers.Convergence([("eu", Of(4)), ("us", Of(0))]).Windows[0].Median);
    }

    [Fact]
    public async Task OfNodesAsync_NodesOfTwoPlanes_AreAskedOfTheirOwnFeed()
    {
        using var http = new HttpClient(new Feeds());
        var client = Client(http, "http://eu.test/", "http://us.test/");

        var (timeline, problem) = await client.OfNodesAsync(["us~n1", "eu~n1", "us~n2"], Noon, Noon.AddHours(1), default);

        Assert.Null(problem);
        Assert.Equal(["us~n1", "eu~n1", "us~n2"], timeline!.Lanes.Select(lane => lane.NodeId));
        Assert.Equal(["us~http://us.test/", "eu~http://eu.test/", "us~http://us.test/"], timeline.Lanes.Select(lane => Assert.Single(lane.Bars).ExecutionId));
    }

    [Fact]
    public async Task OfNodesAsync_OnePlaneGone_HasTheOtherAndNamesIt()
    {
        using var http = new HttpClient(new Feeds());
        var client = Client(http, "http://eu.test/", "http://gone.test/");

        var (timeline, problem) = await client.OfNodesAsync(["us~n1", "eu~n1"], Noon, Noon.AddHours(1), default);

        Assert.Equal(["eu~n1"], timeline!.Lanes.Select(lane => lane.NodeId));
        Assert.True(timeline.IsFilling);
        Assert.StartsWith("us: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfExecutionAsync_IdOfAPlane_IsAskedOfItsFeedByItsOwnId()
    {
        using var http = new HttpClient(new Feeds());

        var (history, _) = await Client(http, "http://eu.test/", "http://us.test/").OfExecutionAsync("us~e1", default);

        Assert.Equal(("us~e1", "us~http://us.test/"), (Assert.Single(history!.Items).Id, history.Items[0].NodeId));
    }

    private static FeedHistoryClient Client(HttpClient http, params string[] feeds)
    {
        var (time, planes) = (new FakeTimeProvider(Noon), FleetPlanes.Of(["eu", "us"]));
        var fleet = new Replica(new LiveSignals(time), time, planes: planes);
        PlaneFeed[] all = [.. planes.Names.Zip(feeds, (plane, feed) => new PlaneFeed(plane, new Address(new Uri(feed))))];
        return new(http, all[0].Address, FeedKey.Random(), planes: new PlaneFeeds(planes, all, fleet));
    }

    private sealed class Address(Uri feed) : IFeedAddress
    {
        public Uri? BaseAddress => feed;
    }

    // Answers with its own address where an id is asked for, so that tests see who was asked.
    private sealed class Feeds : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (uri, feed) = (request.RequestUri!, $"{request.RequestUri!.GetLeftPart(UriPartial.Authority)}/");
            if (uri.Host == "gone.test") throw new HttpRequestException("Connection refused");
            object answer = uri.AbsolutePath == "/feed/v1/timeline"
                ? new FleetTimeline { Lanes = [.. uri.Query.Split('&').Where(part => part.StartsWith("nodes=", StringComparison.Ordinal)).Select(part => new NodeLane { NodeId = part["nodes=".Length..], Bars = [new() { ExecutionId = feed }] })] }
                : new FeedHistory([new StateChange { Id = uri.Segments[4].TrimEnd('/'), NodeId = feed }]);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, answer.GetType(), options: FeedContract.Json) });
        }
    }
}
