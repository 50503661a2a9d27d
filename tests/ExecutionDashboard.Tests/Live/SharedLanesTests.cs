using System.Net;
using System.Net.Http.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Timelines;
using ExecutionDashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Live;

public sealed class SharedLanesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly Answers _answers = new();
    private readonly FeedHistoryClient _feed;
    private readonly SharedLanes _lanes;

    public SharedLanesTests() => (_feed, _lanes) = (new FeedHistoryClient(new HttpClient(_answers), new Address(), FeedKey.Random()), new SharedLanes(_time));

    [Fact]
    public async Task OfNodesAsync_ViewersWhoFollowTheSameLanes_AskOnceWithinTwoSeconds()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => AskAsync(["n1", "n2"], Start.AddMinutes(-10).AddMilliseconds(i), Start.AddMilliseconds(i + 1))));
        Assert.Single(_answers.Asked);

        _time.Advance(TimeSpan.FromSeconds(3));
        await AskAsync(["n1", "n2"], Start.AddMinutes(-10).AddMilliseconds(7), Start.AddMilliseconds(7));

        Assert.Equal(2, _answers.Asked.Count);
    }

    [Fact]
    public async Task OfNodesAsync_Any_IsAskedForAtLeastWhatWasWanted()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var from = Start.AddSeconds(-random.Next(1, 1_000_000)).AddTicks(random.Next(10_000_000));
            var to = from.AddTicks(random.NextInt64(1, TimeSpan.TicksPerDay * 30));
            await AskAsync([$"n{i}"], from, to);
            var (askedFrom, askedTo) = _answers.Asked[^1];
            Assert.True(askedFrom <= from && askedTo >= to, $"{askedFrom:O} – {askedTo:O} does not hold {from:O} – {to:O}");
            Assert.True(askedTo - askedFrom <= (to - from) * (1 + 2.0 / 64) + TimeSpan.FromSeconds(4));
        }
    }

    [Fact]
    public async Task OfNodesAsync_OtherNodesOrAnotherOrder_IsAnotherQuestion()
    {
        await AskAsync(["n1", "n2"], Start.AddMinutes(-10), Start);
        await AskAsync(["n2", "n1"], Start.AddMinutes(-10), Start);
        await AskAsync(["n1"], Start.AddMinutes(-10), Start);

        Assert.Equal(3, _answers.Asked.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OfNodesAsync_FeedFails_IsAskedAgainAtOnce(bool breaksOff)
    {
        (_answers.Fails, _answers.BreaksOff) = (true, breaksOff);
        var (timeline, problem) = await _lanes.OfNodesAsync(_feed, ["n1"], Start.AddMinutes(-10), Start, default);
        Assert.Null(timeline);
        Assert.NotNull(problem);
        _answers.Fails = false;

        await AskAsync(["n1"], Start.AddMinutes(-10), Start);
    }

    private async Task AskAsync(string[] nodes, DateTimeOffset from, DateTimeOffset to) => Assert.NotNull((await _lanes.OfNodesAsync(_feed, nodes, from, to, default)).Timeline);

    private sealed class Address : IFeedAddress
    {
        public Uri? BaseAddress => new("http://feed.test/");
    }

    private sealed class Answers : HttpMessageHandler
    {
        public List<(DateTimeOffset From, DateTimeOffset To)> Asked { get; } = [];
        public bool Fails { get; set; }
        public bool BreaksOff { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
            lock (Asked) Asked.Add((DateTimeOffset.Parse(query["from"]!, null), DateTimeOffset.Parse(query["to"]!, null)));
            await Task.Yield();
            if (Fails && BreaksOff) throw new IOException("The connection broke off.");
            return Fails ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : new HttpResponseMessage { Content = JsonContent.Create(new FleetTimeline(), options: FeedContract.Json) };
        }
    }
}
