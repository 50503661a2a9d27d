using System.Net;
using System.Net.Http.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live;

/// <summary>Which feed a dashboard follows, and where it sends what only the leader takes.</summary>
public sealed class FeedFinderTests
{
    private static readonly Uri A = new("http://a/"), B = new("http://b/"), C = new("http://c/");

    private readonly Feeds _feeds = new();
    private readonly Places _places = new(A, B);

    [Fact]
    public async Task Best_OneLeads_IsIt()
    {
        _feeds.Say(A, new() { LogId = "log", IsStandby = true, Epoch = 7 });
        _feeds.Say(B, new() { LogId = "log", Epoch = 7 });

        Assert.Equal(B, await Finder().BestAsync(default));
        Assert.Equal(B, await Finder().LeaderAsync("", default));
    }

    [Fact]
    public async Task Best_TwoSayTheyLead_IsTheNewerLeader()
    {
        _feeds.Say(A, new() { LogId = "log", Epoch = 8 });
        _feeds.Say(B, new() { LogId = "log", Epoch = 7 });

        Assert.Equal(A, await Finder().BestAsync(default));
    }

    [Fact]
    public async Task Best_NoneLeads_IsOneThatStandsBy()
    {
        _feeds.Say(B, new() { LogId = "log", IsStandby = true });

        Assert.Equal(B, await Finder().BestAsync(default));
        Assert.Null(await Finder().LeaderAsync("", default));
    }

    [Fact]
    public async Task Best_NoneAnswersOrThereIsNoChoice_IsTheFirst()
    {
        Assert.Equal(A, await Finder().BestAsync(default));
        Assert.Null(await new FeedFinder(new HttpClient(_feeds), new Places(A), FeedKey.Random()).BestAsync(default));
        Assert.Null(await new FeedFinder(new HttpClient(_feeds), new Places(), FeedKey.Random()).BestAsync(default));
    }

    [Fact]
    public async Task Leader_NamedByAStandby_IsAskedToo()
    {
        _feeds.Say(C, new() { LogId = "log", Epoch = 9 });

        Assert.Equal(C, await Finder().LeaderAsync("http://c/", default));
        Assert.Null(await Finder().LeaderAsync("file:///etc/passwd", default));
    }

    [Fact]
    public async Task Send_RefusedByAStandby_IsSentToTheLeaderOnceWithKeyAndBody()
    {
        _feeds.Refuse(A, "http://b/");
        using var http = new HttpClient(new LeaderRedirect { InnerHandler = _feeds });
        using var request = new HttpRequestMessage(HttpMethod.Put, "http://a/below/feed/v1/user-data/views?x=1") { Content = JsonContent.Create(new { name = "mine" }) };
        request.Headers.Authorization = new("Bearer", "key");

        using var reply = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(["PUT http://a/below/feed/v1/user-data/views?x=1 Bearer key {\"name\":\"mine\"}", "PUT http://b/feed/v1/user-data/views?x=1 Bearer key {\"name\":\"mine\"}"], _feeds.Asked);
    }

    [Fact]
    public async Task Send_RefusedWhileNoneLeads_GivesTheRefusal()
    {
        _feeds.Refuse(A, "");
        using var http = new HttpClient(new LeaderRedirect { InnerHandler = _feeds });

        using var reply = await http.GetAsync("http://a/feed/v1/bulk");

        Assert.Equal(HttpStatusCode.MisdirectedRequest, reply.StatusCode);
        Assert.Contains("stands by", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(_feeds.Asked);
    }

    [Fact]
    public async Task Silence_AnotherFeedLeads_IsFoundBeforeTheFeedCountsAsLost()
    {
        var (time, ended) = (new FakeTimeProvider(), new TaskCompletionSource());
        await using var silence = new FeedSilence(A, Finder(), time, default);
        using var end = silence.Token.Register(ended.SetResult);
        _feeds.Say(A, new() { LogId = "log", Epoch = 7 });
        _feeds.Say(B, new() { LogId = "log", IsStandby = true, Epoch = 7 });

        // A feed that speaks is not doubted.
        for (var i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            silence.Heard();
        }
        Assert.Empty(_feeds.Asked);
        _feeds.Say(B, new() { LogId = "log", Epoch = 8 });
        time.Advance(FeedSilence.Doubt);
        await ended.Task;

        Assert.Equal(B, silence.Leader);
        Assert.StartsWith("GET http://b/", Assert.Single(_feeds.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_NobodyElseLeads_EndsAtTheLimit()
    {
        var time = new FakeTimeProvider();
        await using var silence = new FeedSilence(A, Finder(), time, default);
        _feeds.Say(B, new() { LogId = "log", IsStandby = true });

        time.Advance(FeedConnection.SilenceLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(silence.Token.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(silence.Token.IsCancellationRequested);
        Assert.Null(silence.Leader);
    }

    private FeedFinder Finder() => new(new HttpClient(_feeds), _places, FeedKey.Random());

    private sealed class Places(params Uri[] known) : IFeedAddress
    {
        public Uri? BaseAddress => known.FirstOrDefault();
        public IReadOnlyList<Uri> Known => known;
    }

    private sealed class Feeds : HttpMessageHandler
    {
        private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = [];

        public List<string> Asked { get; } = [];

        public void Say(Uri feed, FeedStatus status) => _answers[feed.Host] = () => new(HttpStatusCode.OK) { Content = JsonContent.Create(status, options: FeedContract.Json) };

        public void Refuse(Uri feed, string leader) => _answers[feed.Host] = () => new(HttpStatusCode.MisdirectedRequest) { Content = JsonContent.Create(new { message = "The feed a stands by.", leader }) };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            lock (Asked) Asked.Add($"{request.Method} {request.RequestUri} {request.Headers.Authorization} {body}".TrimEnd());
            return _answers.TryGetValue(request.RequestUri!.Host, out var answer) ? answer() : request.Content is null ? throw new HttpRequestException("refused") : new(HttpStatusCode.OK);
        }
    }
}
