using System.Net;
using System.Net.Http.Json;
using System.Text;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Feed;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Audit;
using ExecutionDashboard.Live.UserData;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.UserData;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionDashboard.IntegrationTests.UserData;

/// <summary>Views and preferences over a real feed with its hub and its file, shown by two dashboards.</summary>
public sealed class UserDataTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly MovingAddress _address = new();
    private readonly HttpClient _http = SharedKey.NewClient();
    private FeedHost _feed = null!;

    public async Task InitializeAsync() => await StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _feed.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Save_AtOneDashboard_IsShownByTheOtherAndStaysOverARestart()
    {
        await using var here = await DashboardAsync();
        await using var there = await DashboardAsync();
        var (ann, bob) = (here.Of("ann", AccessRole.Operator), there.Of("bob", AccessRole.Viewer));

        var (shared, problem) = await ann.Views.CreateAsync("executions", "Failed in eu", "state=failed&label=region%3Deu", isShared: true);
        await ann.Views.CreateAsync("executions", "Mine", "state=running", isShared: false);
        Assert.Equal("", await bob.Preferences.ChooseAsync("zone", "Asia/Tokyo"));

        Assert.Equal("", problem);
        await Eventually.HoldsAsync(() => Task.FromResult(Names(bob) == "Failed in eu" && here.Of("bob", AccessRole.Viewer).Preferences.Now.Zone == "Asia/Tokyo" ? null : Names(bob)));
        Assert.Equal("Failed in eu Mine", Names(ann));
        Assert.Equal("", await bob.Views.MakeDefaultAsync("executions", shared!.Id));

        await _feed.DisposeAsync();
        // What the feed does not have did not happen.
        Assert.Contains("The feed cannot be asked", (await ann.Views.ChangeAsync(shared, shared with { Name = "Lost" })).Problem, StringComparison.Ordinal);
        await StartAsync();
        await using var third = await DashboardAsync();
        Assert.Equal("Failed in eu", Names(third.Of("bob", AccessRole.Viewer)));
        Assert.Equal(shared.Id, third.Of("bob", AccessRole.Viewer).Views.DefaultOf("executions")?.Id);

        // Those that were there before the restart hear of what comes after it.
        await Eventually.HoldsAsync(async () => (await ann.Views.ChangeAsync(ann.Views.Find(shared.Id)!, ann.Views.Find(shared.Id)! with { Name = "Failed" })).Problem is { Length: > 0 } why ? why : null);
        await Eventually.HoldsAsync(() => Task.FromResult(Names(bob) == "Failed" ? null : Names(bob)));
        Assert.Equal("", await ann.Views.DeleteAsync(ann.Views.Find(shared.Id)!));
        await Eventually.HoldsAsync(() => Task.FromResult(Names(bob).Length == 0 ? null : Names(bob)));
        Assert.Null(bob.Views.DefaultOf("executions"));
    }

    [Theory]
    [InlineData("PUT", "views", "no json", 400, "no JSON of this version")]
    [InlineData("PUT", "views", "null", 400, "no JSON of this version")]
    [InlineData("PUT", "views", "{}", 400, "view is missing.")]
    [InlineData("PUT", "views", "{\"view\":{\"id\":\"a\",\"page\":\"admin\",\"name\":\"n\",\"owner\":\"user:1\"}}", 400, "page must be one of")]
    [InlineData("PUT", "views", "{\"view\":{\"id\":\"a\",\"page\":\"nodes\",\"name\":\"n\",\"owner\":\"user:1\"},\"expected\":7}", 404, "deleted meanwhile")]
    [InlineData("PUT", "preferences", "{\"items\":[null]}", 400, "items is missing")]
    [InlineData("PUT", "preferences", "{\"items\":[{\"owner\":\"x y\",\"name\":\"zone\",\"value\":\"utc\"}]}", 400, "owner must have")]
    [InlineData("DELETE", "views/a", "", 400, "expected must be")]
    [InlineData("DELETE", "views/a?expected=1", "", 404, "deleted already")]
    [InlineData("GET", "?after=-1", "", 400, "after must be")]
    public async Task Ask_WhatMakesNoSense_SaysWhatInOneLine(string method, string path, string body, int status, string message)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_address.BaseAddress!, "feed/v1/user-data" + (path[0] == '?' ? path : "/" + path)));
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var reply = await _http.SendAsync(request);

        Assert.Equal((HttpStatusCode)status, reply.StatusCode);
        Assert.Contains(message, (await reply.Content.ReadFromJsonAsync<Said>())!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WithoutTheKey_Is401()
    {
        using var stranger = new HttpClient();

        using var reply = await stranger.GetAsync(new Uri(_address.BaseAddress!, "feed/v1/user-data?after=0"));

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    private static string Names(Tab tab) => string.Join(' ', tab.Views.Of("executions").Select(v => v.Name));

    private async Task StartAsync()
    {
        _feed = await FeedHost.StartAsync("http://127.0.0.1:1/", _folder.Path);
        _address.BaseAddress = new Uri(_feed.Address + "/");
        await Eventually.HoldsAsync(async () =>
        {
            using var reply = await _http.GetAsync(new Uri(_address.BaseAddress, "feed/v1/user-data?after=0"));
            return reply.IsSuccessStatusCode ? null : await reply.Content.ReadAsStringAsync();
        });
    }

    private async Task<Dashboard> DashboardAsync()
    {
        var dashboard = new Dashboard(_address, _http, new UserDataClient(_http, _address, SharedKey.Key));
        await dashboard.StartAsync();
        return dashboard;
    }

    private sealed class MovingAddress : IFeedAddress
    {
        public Uri? BaseAddress { get; set; }
    }

    private sealed record Said(string Message);

    private sealed record Tab(ViewOperations Views, PreferenceOperations Preferences);

    // What a dashboard has of it: the connection to the hub, and what follows from that.
    private sealed class Dashboard : IAsyncDisposable
    {
        private readonly LiveSignals _signals = new(TimeProvider.System);
        private readonly UserDataCopy _copy;
        private readonly UserDataExchange _exchange;
        private readonly FeedConnection _connection;
        private readonly IUserDataFeed _feed;
        private readonly AuditTrail _trail;

        public Dashboard(IFeedAddress address, HttpClient http, IUserDataFeed feed)
        {
            var replica = new Live.Replica(_signals, TimeProvider.System);
            (_feed, _copy) = (feed, new UserDataCopy(_signals));
            _trail = new AuditTrail(new AuditClient(http, address, SharedKey.Key), TimeProvider.System, NullLogger<AuditTrail>.Instance);
            _connection = new FeedConnection(replica, address, SharedKey.Key, TimeProvider.System, NullLogger<FeedConnection>.Instance);
            _exchange = new UserDataExchange(replica, _copy, _signals, feed, TimeProvider.System, NullLogger<UserDataExchange>.Instance);
        }

        public async Task StartAsync()
        {
            await _exchange.StartAsync(default);
            await _connection.StartAsync(default);
            await Eventually.HoldsAsync(() => Task.FromResult(_copy.IsLoaded ? null : "Views and preferences were not read."));
        }

        public Tab Of(string name, AccessRole role)
        {
            var user = new Somebody(new DashboardUser(name, role) { Key = name });
            var preferences = new PreferenceOperations(new Person(user), _copy, _exchange, _feed);
            return new(new ViewOperations(new Person(user), _copy, _exchange, _feed, preferences, user, new AuditDoor(user, new NoOrigin(), _trail, TimeProvider.System)), preferences);
        }

        public async ValueTask DisposeAsync()
        {
            await _connection.StopAsync(default);
            await _exchange.StopAsync(default);
            _connection.Dispose();
            _exchange.Dispose();
            _trail.Dispose();
            _signals.Stop();
        }
    }

    private sealed class Somebody(DashboardUser user) : ICurrentUser
    {
        public DashboardUser Now => user;

        public event Action? Changed
        {
            add { }
            remove { }
        }

        public ValueTask<DashboardUser> CheckAsync(CancellationToken cancel) => new(user);
    }
}
