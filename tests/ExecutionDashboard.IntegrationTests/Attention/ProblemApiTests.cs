using System.Net;
using System.Net.Http.Json;
using System.Text;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Feed;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>A feed that nobody else reports to: its control plane does not answer.</summary>
public sealed class QuietFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FeedHost _feed = null!;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => new(_feed.Address);

    public async Task InitializeAsync()
    {
        _feed = await FeedHost.StartAsync("http://127.0.0.1:1/", _folder.Path);
        Http = SharedKey.NewClient();
        Http.BaseAddress = Address;
        await Eventually.HoldsAsync(async () =>
        {
            using var reply = await Http.GetAsync(FeedContract.ProblemsPath);
            return reply.IsSuccessStatusCode ? null : await reply.Content.ReadAsStringAsync();
        });
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _feed.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The feed's REST API about problems, and a dashboard's half of it.</summary>
public sealed class ProblemApiTests(QuietFeed feed) : IClassFixture<QuietFeed>
{
    // One dashboard reports for all tests: the feed listens to one at a time.
    private const string Reporter = "tests";
    private const string Odd = "outage/region=eu %2F west?&#ü";

    [Fact]
    public async Task Report_ProblemWithAnIdOfAnyCharacters_IsAcknowledgedCommentedAndHasAHistory()
    {
        var client = Client();
        await ReportAsync(Problem(Odd, ProblemSeverity.Critical));

        Assert.Null(await client.AcknowledgeAsync(Odd, "Ann", Now.AddHours(1)));
        Assert.Null(await client.CommentAsync(Odd, "Ann", "password=hunter2secret9 is not the cause"));
        var (open, _) = await client.OpenAsync(default);
        var record = open!.Items.Single(r => r.Problem.Id == Odd);
        Assert.Equal((ProblemSeverity.Critical, ProblemCause.DispatchLost, "Ann"), (record.Problem.Severity, record.Problem.Cause, record.Acknowledgement?.By));
        Assert.DoesNotContain("hunter2secret9", Assert.Single(record.Comments).Text, StringComparison.Ordinal);
        Assert.Null(await client.UnacknowledgeAsync(Odd, "Bob"));

        await ReportAsync();
        var (resolved, _) = await client.ResolvedAsync(null, null, default);
        Assert.Contains(resolved!.Items, r => r.Problem.Id == Odd && r.ResolvedAt is not null);
        var (history, _) = await client.HistoryAsync(Odd, default);
        Assert.Equal("Opened Acknowledged Commented Unacknowledged Resolved", string.Join(' ', history!.Events.Select(e => e.Kind)));
        var opened = history.Events[0].At;
        var (moment, _) = await client.AtAsync(opened, default);
        Assert.Contains(moment!.Items, r => r.Problem.Id == Odd);
        var (before, _) = await client.AtAsync(opened.AddTicks(-1), default);
        Assert.DoesNotContain(before!.Items, r => r.Problem.Id == Odd);
        Assert.Equal($"The problem '{Odd}' is not open.", await client.AcknowledgeAsync(Odd, "Ann", null));
    }

    [Fact]
    public async Task Report_OfAnotherDashboard_Is409WithWhoReports()
    {
        await ReportAsync();

        using var reply = await feed.Http.PostAsJsonAsync(FeedContract.ProblemsPath, new ProblemReport("another", 9, []), FeedContract.Json);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.Equal("'tests' reports the problems.", (await reply.Content.ReadFromJsonAsync<Said>())!.Message);
        Assert.Equal((false, null), await Client().ReportAsync(new ProblemReport("another", 9, []), default));
    }

    [Theory]
    [InlineData("POST", "", "no json", "The report is no JSON of this version")]
    [InlineData("POST", "", "null", "The report is no JSON of this version")]
    [InlineData("POST", "", "{}", "reporter must be a name of 1 to 100 characters.")]
    [InlineData("POST", "", "{\"reporter\":\"tests\"}", "open is missing")]
    [InlineData("POST", "", "{\"reporter\":\"tests\",\"open\":[null]}", "open has a problem that is null.")]
    [InlineData("POST", "", "{\"reporter\":\"tests\",\"open\":[{\"id\":\"a\",\"cause\":\"failed\",\"severity\":\"notice\",\"since\":\"2026-01-01T00:00:00Z\",\"summary\":\"s\",\"evidence\":[null]}]}", "The problem 'a' has a subject, a fact or a step that is null.")]
    [InlineData("POST", "", "{\"reporter\":\"tests\",\"open\":[{\"id\":\"a\",\"cause\":\"no-such-cause\",\"severity\":\"notice\",\"since\":\"2026-01-01T00:00:00Z\",\"summary\":\"s\"}]}", "The report is no JSON of this version")]
    [InlineData("POST", "/a/acknowledgement", "{}", "by is missing: say who it is.")]
    [InlineData("POST", "/a/acknowledgement", "{\"by\":\"Ann\",\"until\":\"2000-01-01T00:00:00Z\"}", "it must be later than now")]
    [InlineData("POST", "/a/acknowledgement", "{\"by\":\"Ann\",\"until\":\"9000-01-01T00:00:00Z\"}", "it must be within 366 days.")]
    [InlineData("POST", "/a/comments", "{\"by\":\"Ann\",\"text\":\" \"}", "text is missing.")]
    [InlineData("DELETE", "/a/acknowledgement", "", "by is missing: say who it is.")]
    [InlineData("GET", "?at=yesterday", "", "at is 'yesterday': it must be a time such as")]
    [InlineData("GET", "/resolved?since=x", "", "since is 'x': it must be a time such as")]
    public async Task Ask_WhatMakesNoSense_Is400AndSaysWhatInOneLine(string method, string path, string body, string message)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), FeedContract.ProblemsPath + path);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var reply = await feed.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        var said = (await reply.Content.ReadFromJsonAsync<Said>())!.Message;
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public async Task Ask_TooMuch_Is400AndNamesTheLimit()
    {
        Assert.Contains("at most 2000 are taken", (await Client().ReportAsync(new ProblemReport(Reporter, 1, [.. Enumerable.Range(0, 2_001).Select(i => Problem($"p{i}"))]), default)).Problem, StringComparison.Ordinal);
        Assert.Contains("more than 4000 characters", (await Client().ReportAsync(new ProblemReport(Reporter, 1, [Problem("a") with { Summary = new string('x', 4_001) }]), default)).Problem, StringComparison.Ordinal);
        Assert.Contains("at most 2000 are taken", await Client().CommentAsync("a", "Ann", new string('x', 2_001)), StringComparison.Ordinal);
        Assert.Contains("at most 100 are taken", await Client().CommentAsync("a", new string('x', 101), "x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "")]
    [InlineData("GET", "/resolved")]
    [InlineData("GET", "/a/history")]
    [InlineData("POST", "/a/acknowledgement")]
    [InlineData("DELETE", "/a/acknowledgement")]
    [InlineData("POST", "/a/comments")]
    public async Task Ask_WithoutTheKey_Is401(string method, string path)
    {
        using var stranger = new HttpClient { BaseAddress = feed.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), FeedContract.ProblemsPath + path);
        if (method == "POST") request.Content = new StringContent("{}", null, "application/json");

        using var reply = await stranger.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Fact]
    public async Task Exchange_OfADashboard_ReportsWhatItFindsAndReadsWhatTheFeedKeeps()
    {
        var time = TimeProvider.System;
        var signals = new LiveSignals(time);
        var replica = new Live.Replica(signals, time);
        var problems = new Problems(signals);
        using var exchange = new ProblemExchange(replica, problems, signals, Client(), time, NullLogger<ProblemExchange>.Instance, Reporter);
        // Nothing was looked for yet: an empty report would resolve what the feed keeps.
        await ReportAsync(Problem("kept"));
        replica.Apply(new FeedBatch { Reset = true, Sequence = 1, Status = await StatusAsync() });
        Assert.Null(await exchange.ExchangeAsync(default));
        Assert.Equal(["kept"], (await Client().OpenAsync(default)).Open!.Items.Select(r => r.Problem.Id));

        problems.Show([new FoundProblem(Problem("found"))], known: true, Now);
        replica.Apply(new FeedBatch { Previous = 1, Sequence = 1, Status = new FeedStatus { LogId = replica.LogId, LastSuccessAt = Now } });
        Assert.Null(await exchange.ExchangeAsync(default));
        Assert.Equal(["found"], (await Client().OpenAsync(default)).Open!.Items.Select(r => r.Problem.Id));

        Assert.Null(await Client().AcknowledgeAsync("found", "Ann", null));
        replica.Apply(new FeedBatch { Previous = 1, Sequence = 1, Status = (await StatusAsync()) with { BlindSince = null, LastSuccessAt = Now } });
        Assert.Null(await exchange.ExchangeAsync(default));
        Assert.Equal("Ann", Assert.Single(problems.Open).Record?.Acknowledgement?.By);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static Problem Problem(string id, ProblemSeverity severity = ProblemSeverity.Notice) =>
        new() { Id = id, Cause = ProblemCause.DispatchLost, Severity = severity, Since = Now, Summary = $"{id} is wrong" };

    private async Task<FeedStatus> StatusAsync() => (await feed.Http.GetFromJsonAsync<FeedStatus>("feed/v1/status", FeedContract.Json))!;

    private ProblemClient Client() => new(feed.Http, new At(feed.Address), SharedKey.Key);

    private async Task ReportAsync(params Problem[] open) => Assert.Equal((true, null), await Client().ReportAsync(new ProblemReport(Reporter, 1, open), default));

    private sealed record At(Uri? BaseAddress) : IFeedAddress;

    private sealed record Said(string Message);
}
