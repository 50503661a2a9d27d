using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.Live;

namespace ExecutionDashboard.IntegrationTests.Feed;

public sealed class TimelineTests : IAsyncLifetime
{
    private static readonly DateTimeOffset From = FleetServer.Start.AddMinutes(-1);
    // The node is dated by the clock of this machine.
    private static readonly DateTimeOffset To = FleetServer.Start.AddYears(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("feed-").FullName;
    private readonly HttpClient _http = SharedKey.NewClient();
    private FleetServer _server = null!;

    public async Task InitializeAsync() => _server = await FleetServer.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Timeline_AfterTheFeedRestarted_TellsTheSame()
    {
        _server.Put("e1", "pending");
        FleetTimeline before;
        await using (var feed = await FeedHost.StartAsync(_server.Address, _folder))
        {
            await using var connection = await feed.ConnectAsync();
            var replica = new Replica();
            foreach (var state in new[] { "pending", "running", "failed" })
            {
                _server.Put("e1", state);
                await replica.FollowAsync(connection, r => r.Status?.Loading is null && r.States.TryGetValue("e1", out var now) && now.State == state);
            }
            before = await AskAsync(feed);
            Assert.Equal(replica.Sequence, before.Sequence);
        }
        await using var again = await FeedHost.StartAsync(_server.Address, _folder);
        await using (var connection = await again.ConnectAsync()) await new Replica().FollowAsync(connection, r => r.Executions.Count == 1);

        var after = await AskAsync(again);

        Assert.Equal(["pending", "running", "failed"], after.Lanes[0].Bars.Single().Spans.Select(s => s.State));
        Assert.Equal("connected", Assert.Single(after.Lanes[0].Connection).State);
        Assert.Empty(after.Lanes[1].Bars);
        Assert.Equal(JsonSerializer.Serialize(before, FeedContract.Json), JsonSerializer.Serialize(after, FeedContract.Json));
    }

    [Fact]
    public async Task Timeline_OfMoreNodesThanAnAddressHolds_IsAnswered()
    {
        _server.Put("e1", "running");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        await using var connection = await feed.ConnectAsync();
        await new Replica().FollowAsync(connection, r => r.Executions.Count == 1 && r.Status?.Loading is null);
        string[] nodes = [.. Enumerable.Range(0, FeedContract.MostLanes - 1).Select(i => $"näme {i} {new string('x', 200)}"), "node-1"];

        var (timeline, problem) = await new FeedHistoryClient(_http, new Address(new Uri(feed.Address)), SharedKey.Key).OfNodesAsync(nodes, From, To, default);

        Assert.Null(problem);
        Assert.Equal(nodes, timeline!.Lanes.Select(l => l.NodeId));
        Assert.Equal("e1", timeline.Lanes[^1].Bars.Single().ExecutionId);
    }

    [Fact]
    public async Task State_OfNow_CountsAndTellsOfEachNode()
    {
        _server.Put("e1", "running");
        _server.Put("e2", "failed");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        await using var connection = await feed.ConnectAsync();
        await new Replica().FollowAsync(connection, r => r.Executions.Count == 2 && r.Status?.Loading is null);
        var client = new FeedHistoryClient(_http, new Address(new Uri(feed.Address)), SharedKey.Key);

        var (moment, problem) = await client.AtAsync(To, withNodes: true, default);

        Assert.Null(problem);
        Assert.Equal([("failed", 1), ("running", 1)], moment!.Executions.Select(s => (s.Key, s.Value)).Order());
        Assert.Equal(["node-1"], moment.Nodes!.Ids);
        Assert.Equal("connected", moment.Nodes.ConnectionOf(0));
        Assert.Equal(["failed", "running"], moment.Nodes.StatesOf(0).Select(s => s.Name).Order());
        using var bad = await _http.GetAsync(new Uri($"{feed.Address}/feed/v1/state?at=noon"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("at is", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2026-11-01&to=2026-11-02", "nodes is missing")]
    [InlineData("nodes=&from=2026-11-01&to=2026-11-02", "nodes has an empty id")]
    [InlineData("nodes=n&to=2026-11-02", "from is missing")]
    [InlineData("nodes=n&from=2026-11-01&to=%F0%9F%90%88", "to is '🐈'")]
    [InlineData("nodes=n&from=2026-13-01&to=2026-11-02", "from is '2026-13-01'")]
    [InlineData("nodes=n&from=2026-11-02&to=2026-11-02", "from must be before to")]
    [InlineData("many", "nodes has 201 nodes: at most 200")]
    public async Task Timeline_BadQuestion_SaysWhichParameter(string query, string message)
    {
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);
        if (query == "many") query = string.Concat(Enumerable.Range(0, 201).Select(i => $"nodes={i}&")) + "from=2026-11-01&to=2026-11-02";

        using var reply = await _http.GetAsync(new Uri($"{feed.Address}/feed/v1/timeline?{query}"));

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(message, (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task<FleetTimeline> AskAsync(FeedHost feed) =>
        (await _http.GetFromJsonAsync<FleetTimeline>(feed.Address + FeedContract.TimelinePath(["node-1", "nobody"], From, To), FeedContract.Json))!;

    private sealed class Address(Uri feed) : IFeedAddress
    {
        public Uri BaseAddress => feed;
    }
}
