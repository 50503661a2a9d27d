using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Simulator, feed and dashboard in separate processes.</summary>
public sealed class StartedSplit : IAsyncLifetime
{
    /// <summary>The parts.</summary>
    public SplitParts Parts { get; } = new(new() { ["ChangesPerSecond"] = "0" });

    /// <summary>A dashboard with the key.</summary>
    public Uri Dashboard { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Parts.StartSimulatorAsync();
        await Parts.StartFeedAsync();
        Dashboard = (await Parts.StartDashboardAsync()).Address;
    }

    public async Task DisposeAsync() => await Parts.DisposeAsync();
}

/// <summary>The feed sends specs with their secrets, so it replies only to clients with its key.</summary>
public sealed class FeedKeyTests(StartedSplit split) : IClassFixture<StartedSplit>
{
    private const string Wrong = "a-key-that-is-long-enough-but-not-the-feeds";

    private static readonly string[] NoKeys = ["", "Bearer", "Bearer " + Wrong, SharedKey.Value, "Basic " + SharedKey.Value, "Bearer " + SharedKey.Value + "x", "Bearer " + new string('x', 5_000)];

    [Fact]
    public async Task Dashboard_WithTheKey_HasTheWholeFleet()
    {
        await split.Parts.StandsAsync(split.Dashboard, "live");

        await split.Parts.EqualsControlPlaneAsync(split.Dashboard);
    }

    [Fact]
    public async Task Dashboard_WithAnotherKey_SaysWhatToCheckAndShowsNothing()
    {
        var dashboard = await split.Parts.StartDashboardAsync(key: Wrong);

        await split.Parts.StandsAsync(dashboard.Address, "reconnecting");

        Assert.Contains("Lost the connection to the feed: The feed refused the key: check Feed:Key.", dashboard.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, dashboard.Output, StringComparison.Ordinal);
        // Its feed keeps the audit, and nothing is exported that is not in it.
        using var export = await split.Parts.Http.GetAsync(new Uri(dashboard.Address, "export/executions.json"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, export.StatusCode);
        Assert.Contains("The feed refused the key: check Feed:Key.", await export.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("The feed refused the key: check Feed:Key.", await split.Parts.Http.GetStringAsync(new Uri(dashboard.Address, "executions?sort=-updated")), StringComparison.Ordinal);
        await dashboard.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "feed/v1/status")]
    [InlineData("GET", "feed/v1/executions/x/history")]
    [InlineData("GET", "feed/v1/deployments/x/history")]
    [InlineData("GET", "feed/v1/timeline?nodes=a&from=2026-01-01&to=2026-01-02")]
    [InlineData("POST", "feed/v1/timeline")]
    [InlineData("GET", "feed/v1/state?at=2026-01-01")]
    [InlineData("GET", "feed/v1/snapshot")]
    [InlineData("GET", "FEED/V1/status")]
    [InlineData("GET", "feed/v1/no-such-thing")]
    [InlineData("PUT", "feed/v1/status")]
    [InlineData("OPTIONS", "feed/v1/executions/x/history")]
    [InlineData("DELETE", "feed/v1")]
    [InlineData("POST", "hubs/feed/negotiate?negotiateVersion=1")]
    [InlineData("POST", "hubs/feed?id=x")]
    [InlineData("GET", "hubs/feed")]
    [InlineData("GET", "hubs/feed?access_token=" + SharedKey.Value)]
    [InlineData("GET", "hubs/feed?id=x&access_token=" + SharedKey.Value)]
    public async Task Ask_WithoutTheKey_Is401(string method, string path)
    {
        foreach (var header in NoKeys)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(split.Parts.FeedAddress, path));
            if (method == "POST") request.Content = new StringContent("no question at all", null, "application/json");
            if (header.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", header);

            using var reply = await split.Parts.Http.SendAsync(request);

            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
            Assert.Contains("Feed:Key", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal([new AuthenticationHeaderValue("Bearer")], reply.Headers.WwwAuthenticate);
        }
    }

    [Fact]
    public async Task Connect_WebSocketWithoutTheKey_Is401AndWithItIsOpened()
    {
        var hub = new UriBuilder(new Uri(split.Parts.FeedAddress, FeedContract.HubPath)) { Scheme = "ws" }.Uri;
        foreach (var header in NoKeys)
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            if (header.Length > 0) socket.Options.SetRequestHeader("Authorization", header);

            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(hub, CancellationToken.None));

            Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
        }
        using var open = new ClientWebSocket();
        open.Options.SetRequestHeader("Authorization", "Bearer " + SharedKey.Value);
        await open.ConnectAsync(hub, CancellationToken.None);
        Assert.Equal(WebSocketState.Open, open.State);
    }

    [Fact]
    public async Task Status_WithTheKey_IsAnswered()
    {
        using var dashboard = SharedKey.NewClient();

        Assert.Contains("\"logId\"", await dashboard.GetStringAsync(new Uri(split.Parts.FeedAddress, "feed/v1/status")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_AskedUnderAnotherName_RefusesIt()
    {
        using var dashboard = SharedKey.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(split.Parts.FeedAddress, "feed/v1/status")) { Headers = { Host = "feed.example" } };

        using var reply = await dashboard.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("AllowedHosts", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
