using System.Text.Json;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using ExecutionDashboard.IntegrationTests.Telemetry;
using static ExecutionDashboard.IntegrationTests.Attention.NotifyingFeed;

namespace ExecutionDashboard.IntegrationTests.Attention;

/// <summary>Notifications of a real feed to a real receiver that is well, slow, failing, gone and back, and of a feed that is killed in between: nothing lost, nothing twice.</summary>
public sealed class WebhookTests
{
    private const string Token = "Bearer s3cr3t-token";

    [Fact]
    public async Task Receiver_ThatIsWell_IsToldTogetherOnceAndOfTheEnd()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var feed = await StartAsync(receiver, ("Dashboard:PublicUrls", "https://d.example.com"), ("Notifications:ops:Causes", "outage"));

        await feed.ReportAsync(Problem("outage/eu", ProblemSeverity.Critical, 10), Problem("b"), Problem("quiet", ProblemSeverity.Notice), Problem("c") with { Cause = ProblemCause.Failed });
        // An outage that grows while it is told of is the same one.
        for (var nodes = 100; nodes <= 5_000; nodes += 700) await feed.ReportAsync(Problem("outage/eu", ProblemSeverity.Critical, nodes), Problem("b"));
        await receiver.HasToldAsync("opened outage/eu", "opened b");
        await feed.ReportAsync(Problem("b", ProblemSeverity.Critical));
        await receiver.HasToldAsync("opened outage/eu", "opened b", "worsened b", "resolved outage/eu");

        Assert.Equal(2, receiver.Received.Count);
        Assert.All(receiver.Received, r => Assert.Equal((Token, 200), (r.Authorization, r.Status)));
        using var body = JsonDocument.Parse(receiver.Received[0].Body);
        Assert.Equal(receiver.Received[0].Id, body.RootElement.GetProperty("id").GetString());
        Assert.Equal("https://d.example.com/attention?open=outage%2Feu", body.RootElement.GetProperty("problems")[0].GetProperty("url").GetString());
        Assert.Equal("The nodes lost contact", body.RootElement.GetProperty("problems")[0].GetProperty("evidence")[0].GetProperty("text").GetString());
        Assert.Equal(2, MonitoredProgram.Value(await feed.ScrapeAsync(), "dashboard_notifications_total{outcome=\"sent\",target=\"ops\"}"));
    }

    [Fact]
    public async Task Receiver_ThatFailsAndAsksForTime_GetsTheSameMessageUntilItTakesItAndThenTheRest()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        foreach (var (status, after) in ((int, int?)[])[(500, null), (429, 2), (503, null), (200, null)]) receiver.Answers.Enqueue((status, after, null));
        await using var feed = await StartAsync(receiver);

        await feed.ReportAsync(Problem("a"));
        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Received.Count > 0 ? null : "nothing was sent"));
        await feed.ReportAsync(Problem("a"), Problem("b"));
        await receiver.HasToldAsync("opened a", "opened b");

        Assert.Equal([500, 429, 503, 200, 200], receiver.Received.Select(r => r.Status));
        Assert.Single(receiver.Received.Take(4).Select(r => (r.Id, r.Body)).Distinct());
        Assert.NotEqual(receiver.Received[0].Id, receiver.Received[^1].Id);
        Assert.Equal(3, MonitoredProgram.Value(await feed.ScrapeAsync(), "dashboard_notifications_total{outcome=\"failed\",target=\"ops\"}"));
        Assert.Contains("The receiver of notifications 'ops' answered with status 500; nothing is lost, it is tried again for 1.00:00:00", feed.Output, StringComparison.Ordinal);
        Assert.Contains("The receiver of notifications 'ops' answers again", feed.Output, StringComparison.Ordinal);
        AssertNoSecrets(feed);
    }

    [Fact]
    public async Task Receiver_ThatIsSlow_HoldsUpNoOtherAndGetsTheRestAfterwards()
    {
        var release = new TaskCompletionSource();
        await using var slow = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        slow.Answers.Enqueue((200, null, release.Task));
        await using var feed = await StartAsync(slow, ("Notifications:quick:Url", quick.Address), ("Notifications:quick:BatchWindow", "00:00:01"));

        await feed.ReportAsync(Problem("a"));
        await quick.HasToldAsync("opened a");
        await feed.ReportAsync(Problem("b"));
        await quick.HasToldAsync("opened a", "opened b", "resolved a");
        Assert.Empty(slow.Received);
        release.SetResult();

        await slow.HasToldAsync("opened a", "opened b", "resolved a");
    }

    [Fact]
    public async Task Receiver_ThatNeverAnswers_IsAskedAgainWithTheSameKey()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers.Enqueue((200, null, new TaskCompletionSource().Task));
        receiver.Answers.Enqueue((200, null, null));
        await using var feed = await StartAsync(receiver);

        await feed.ReportAsync(Problem("a"));
        await receiver.HasToldAsync("opened a");

        Assert.Equal([0, 200], receiver.Received.Select(r => r.Status));
        Assert.Single(receiver.Received.Select(r => r.Id).Distinct());
        Assert.Contains("did not answer within 10 s", feed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_GoneAndBack_IsToldOfAllThatLasted()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var feed = await StartAsync(receiver);
        await receiver.GoAsync();

        await feed.ReportAsync(Problem("a"), Problem("b"));
        await Eventually.ContainsAsync(() => Task.FromResult(feed.Output), "cannot be reached (ConnectionRefused)");
        await feed.ReportAsync(Problem("b"), Problem("c"));
        await receiver.ListenAsync();

        await receiver.HasToldAsync("opened a", "opened b", "opened c", "resolved a");
        AssertNoSecrets(feed);
    }

    [Fact]
    public async Task Receiver_ThatRefusesAMessageForGood_GetsTheNextOne()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers.Enqueue((400, null, null));
        receiver.Answers.Enqueue((200, null, null));
        await using var feed = await StartAsync(receiver);

        await feed.ReportAsync(Problem("a"));
        await Eventually.ContainsAsync(() => Task.FromResult(feed.Output), "refused a message for good: it answered with status 400. Problems in it: 1");
        await feed.ReportAsync(Problem("b"));

        await receiver.HasToldAsync("opened b", "resolved a");
    }

    [Fact]
    public async Task Feed_KilledInBetween_LosesNothingAndRepeatsNothingThatWasTaken()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerFromNowOn(500);
        await using var feed = await StartAsync(receiver);
        await feed.ReportAsync(Problem("a"), Problem("b"));
        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Received.Count > 0 ? null : "nothing was sent"));

        // With a message that was not taken.
        await feed.KillAsync();
        receiver.AnswerFromNowOn(200);
        await feed.StartAgainAsync();
        await receiver.HasToldAsync("opened a", "opened b");
        Assert.Single(receiver.Received.Select(r => r.Id).Distinct());
        await CountsAsync(feed, receiver.Taken);

        // With a problem that is known to the feed and not yet told, and another whose end is not.
        var taken = receiver.Taken;
        receiver.AnswerFromNowOn(503);
        await feed.ReportAsync(Problem("b"), Problem("c"));
        await feed.KillAsync();
        receiver.AnswerFromNowOn(200);
        await feed.StartAgainAsync();
        await receiver.HasToldAsync("opened a", "opened b", "opened c", "resolved a");
        await CountsAsync(feed, receiver.Taken - taken);

        // With nothing.
        taken = receiver.Taken;
        await feed.KillAsync();
        await feed.StartAgainAsync();
        await feed.ReportAsync(Problem("b"), Problem("c"), Problem("d"));
        await receiver.HasToldAsync("opened a", "opened b", "opened c", "resolved a", "opened d");
        Assert.Equal(taken + 1, receiver.Taken);
        AssertNoSecrets(feed);
    }

    [Theory]
    [InlineData("Notifications:ops:Format", "pager", "The dashboard cannot start: Notifications:ops:Format is 'pager': it must be json, slack, alertmanager.")]
    [InlineData("Notifications:ops:BatchWindow", "soon", "The dashboard cannot start: Notifications:ops:BatchWindow is 'soon': it must be a time such as 00:00:10 (hours:minutes:seconds).")]
    public async Task Start_WithASettingThatMakesNoSense_EndsWithOneLineWithoutSecrets(string name, string value, string line)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, errors) = await PartProcess.RunToEndAsync(new Dictionary<string, string>
        {
            ["Simulator:Database"] = "", ["Storage:ConnectionString"] = folder["fleet.db"], ["Notifications:ops:Url"] = $"https://hooks.example.com/{WebhookReceiver.Secret}", [name] = value,
        }, folder.Path);

        Assert.Equal((1, line), (exitCode, errors.TrimEnd()));
    }

    // A message that is counted is taken from the change log at once; one that is only received may not be yet.
    private static Task CountsAsync(NotifyingFeed feed, int taken) => Eventually.HoldsAsync(async () =>
        MonitoredProgram.Value(await feed.ScrapeAsync(), "dashboard_notifications_total{outcome=\"sent\",target=\"ops\"}") is var sent && sent == taken ? null : $"{sent} of {taken} are counted");

    private static Task<NotifyingFeed> StartAsync(WebhookReceiver receiver, params (string, string)[] settings) => NotifyingFeed.StartAsync(
    [
        ("Notifications:ops:Url", receiver.Address), ("Notifications:ops:Headers", $"Authorization: {Token}"), ("Notifications:ops:BatchWindow", "00:00:01"),
        // Whatever is logged at all is looked through for secrets.
        ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:System.Net.Http", "Trace"), .. settings,
    ]);

    private static void AssertNoSecrets(NotifyingFeed feed)
    {
        Assert.DoesNotContain(WebhookReceiver.Secret, feed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t-token", feed.Output, StringComparison.Ordinal);
    }
}
