using System.Text.Json;
using ExecutionDashboard.Feed.Notifications;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Storage.Notifications;
using ExecutionDashboard.Storage.Problems;
using ExecutionDashboard.Tests.Feed.Problems;

namespace ExecutionDashboard.Tests.Feed.Notifications;

/// <summary>What messages say.</summary>
public sealed class MessageTests
{
    private static readonly DateTimeOffset Noon = ProblemRig.Noon;
    private static readonly DashboardLinks Links = new(new Uri("https://d.example.com/fleet/"));

    [Fact]
    public void Slack_Text_LinksEachProblemAndMentionsNobody()
    {
        var text = Text(SlackMessage.Write(
        [
            new(NoticeKind.Opened, Of("outage/region=eu", ProblemSeverity.Critical, 4_000, "<!channel> 4,000 nodes of eu|west lost contact & more", openedToday: 3)),
            new(NoticeKind.Resolved, Of("b", ProblemSeverity.Warning, 1, "b is wrong", resolved: 240)),
        ], Links));

        Assert.Equal(
            """
            *1 problem opened, 1 resolved*
            • *Critical*: <https://d.example.com/fleet/attention?open=outage%2Fregion%3Deu|&lt;!channel&gt; 4,000 nodes of eu¦west lost contact &amp; more> (4,000 executions on 4,000 nodes, 3rd time in 24 h)
            • Resolved after 4 min: <https://d.example.com/fleet/attention?open=b%401793534400000|b is wrong> (1 execution on 1 node)
            <https://d.example.com/fleet/attention|All problems>
            """.Replace("1793534400000", Noon.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Slack_ManyProblems_NamesTwentyAndCountsTheRest()
    {
        var text = Text(SlackMessage.Write([.. Enumerable.Range(0, 57).Select(i => new Notice(NoticeKind.Opened, Of($"p{i}")))], new DashboardLinks(null)));

        Assert.Equal(22, text.Split('\n').Length);
        Assert.StartsWith("*57 problems opened*\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n• and 37 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Webhook_Body_HasEverythingThatIsKnownOfAProblem()
    {
        var problem = Of("dispatch-lost/j", ProblemSeverity.Critical, 2, "2 executions wait").Problem with
        {
            Cause = ProblemCause.DispatchLost, JobId = "j", Subjects = [new(FleetKind.Node, "n1", "node 1")],
            Evidence = [new("pending for 3 min", "control plane", Noon, "executions?q=j")], NextSteps = [new(StepAction.Open, "jobs/j", "Open the job", "Shows it")],
        };
        using var body = JsonDocument.Parse(WebhookMessage.Write("id-1", [new(NoticeKind.Worsened, new Occurrence(1, new ProblemRecord { Problem = problem, OpenedAt = Noon, OpenedToday = 2 }))], Links, Noon));

        var (root, told) = (body.RootElement, body.RootElement.GetProperty("problems")[0]);
        Assert.Equal(("id-1", "1 problem got worse", 1), (root.GetProperty("id").GetString(), root.GetProperty("text").GetString(), root.GetProperty("worsened").GetInt32()));
        Assert.Equal(("worsened", "dispatch-lost", "critical", "j", 2), (Text("change"), Text("cause"), Text("severity"), Text("job"), told.GetProperty("openedToday").GetInt32()));
        Assert.Equal("https://d.example.com/fleet/attention?open=dispatch-lost%2Fj", Text("url"));
        Assert.Equal("https://d.example.com/fleet/executions?q=j", told.GetProperty("evidence")[0].GetProperty("url").GetString());
        Assert.Equal("https://d.example.com/fleet/jobs/j", told.GetProperty("nextSteps")[0].GetProperty("url").GetString());
        Assert.Equal("node", told.GetProperty("subjects")[0].GetProperty("kind").GetString());
        Assert.False(told.TryGetProperty("resolvedAt", out _));

        string? Text(string name) => told.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "2nd time in 24 h")]
    [InlineData(11, "11th time in 24 h")]
    [InlineData(23, "23rd time in 24 h")]
    [InlineData(101, "101st time in 24 h")]
    public void Again_Times_AreOrdinals(int times, string text) => Assert.Equal(text, NotificationText.Again(times));

    private static string Text(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("text").GetString()!;
    }

    private static Occurrence Of(string id, ProblemSeverity severity = ProblemSeverity.Warning, int nodes = 1, string summary = "", int openedToday = 1, int? resolved = null) => new(1, new ProblemRecord
    {
        Problem = ProblemRig.Problem(id, severity, nodes, summary), OpenedAt = Noon, OpenedToday = openedToday, ResolvedAt = resolved is { } after ? Noon.AddSeconds(after) : null,
    });
}
