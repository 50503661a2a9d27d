using System.Net;
using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Feed;

public sealed class ChangesTests : IAsyncLifetime
{
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
    public async Task Changes_FailureAfterTheFirstLoad_AreToldAndTheFleetThatWasThereIsNot()
    {
        _server.Put("e1", "running");
        _server.Put("e2", "failed");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder, time: new EarlierClock());
        await using var connection = await feed.ConnectAsync();
        var replica = new Replica();
        await replica.FollowAsync(connection, r => r.Executions.Count == 2 && r.Status?.Loading is null);
        _server.Put("e1", "failed");
        await replica.FollowAsync(connection, r => r.States.TryGetValue("e1", out var now) && now.State == "failed");

        var changes = JsonSerializer.Deserialize<FleetChanges>(await _http.GetStringAsync(feed.Address + FeedContract.ChangesPath(FleetServer.Start.AddYears(-1), FleetServer.Start.AddYears(50), ChangeGrouping.Job)), FeedContract.Json)!;

        var failed = Assert.Single(changes.Sections);
        Assert.Equal((ChangeKind.Failed, 1), (failed.Kind, failed.Count));
        Assert.Equal("e1", Assert.Single(Assert.Single(failed.Groups).Named).ExecutionId);
        Assert.True(changes.KnownSince > changes.From);
    }

    [Fact]
    public async Task Convergence_ExecutionThatArrives_IsCountedForItsJobAndTheFleet()
    {
        _server.Put("e1", "pending");
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder, time: new EarlierClock());
        await using var connection = await feed.ConnectAsync();
        var replica = new Replica();
        await replica.FollowAsync(connection, r => r.Executions.Count == 1 && r.Status?.Loading is null);
        _server.Put("e1", "running");
        await replica.FollowAsync(connection, r => r.States.TryGetValue("e1", out var now) && now.State == "running");

        foreach (var job in (string[])["", "job-1"])
            await Eventually.HoldsAsync(async () =>
            {
                using var reply = await _http.GetAsync(feed.Address + FeedContract.ConvergencePath(job));
                var text = await reply.Content.ReadAsStringAsync();
                return reply.StatusCode == HttpStatusCode.OK && JsonSerializer.Deserialize<ConvergenceReport>(text, FeedContract.Json) is { Open: 0, KnownSince: not null, Windows.Count: 3 } report
                    && report.Windows.All(window => window.Converged == 1) ? null : text;
            });
    }

    [Theory]
    [InlineData("", "from is missing")]
    [InlineData("?from=soon&to=2026-11-01", "it must be a time")]
    [InlineData("?from=2026-11-01", "to is missing")]
    [InlineData("?from=2026-11-02&to=2026-11-01", "from must be before to")]
    [InlineData("?from=2026-11-01&to=2026-11-02&by=colour", "by must be job, cause")]
    public async Task Changes_OfABadRequest_NameTheParameter(string query, string words)
    {
        await using var feed = await FeedHost.StartAsync(_server.Address, _folder);

        using var reply = await _http.GetAsync(feed.Address + "/feed/v1/changes" + query);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(words, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // The server's times are an hour and more ahead of it, so that those of seeing count, however long this takes.
    private sealed class EarlierClock : TimeProvider
    {
        private readonly long _began = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => FleetServer.Start.AddHours(-1) + System.GetElapsedTime(_began);
    }
}
