using System.Net;
using System.Text.Json;
using Bunit;
using ExecutionDashboard.Components.Pages.Changes;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Times;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Changes;

/// <summary>The page of what changed.</summary>
public sealed class ChangesPageTests
{
    private static readonly DateTimeOffset Start = PageRig.Start;

    private static readonly FleetChanges Some = new()
    {
        From = Start.AddHours(-2), To = Start.AddHours(-1), ComparedFrom = Start.AddHours(-2), KnownSince = Start.AddDays(-9), Changes = 1_234,
        Gaps = [new(Start.AddMinutes(-100), Start.AddMinutes(-90))],
        Sections =
        [
            new(ChangeKind.Failed, 40, [new("job-1", 40, [new() { ExecutionId = "e1", NodeId = "node-1", JobId = "job-1", ToVersion = 2, State = "failed", Cause = "E42", At = Start.AddHours(-1), SeenAt = Start.AddHours(-1).AddSeconds(2) }])], 1),
            new(ChangeKind.NodesLost, 1, [new("", 1, [new() { NodeId = "node-1", State = "lost", At = Start.AddHours(-1) }])], 1),
        ],
        Rollouts = [new("dep-1", "job-1", 2, "", "rolled_back", Start.AddHours(-1))], RolloutCount = 1,
        Jobs = [new("job-1", 1, 2, "running", "running", Start.AddHours(-1))], JobCount = 1,
        Commands = [new([new AuditRow(1, Start, "", new AuditEntry { Act = "a", At = Start.AddHours(-1), Who = "ada", Action = AuditActions.StopJob, Target = new(AuditTarget.Job, "job-1", "ingest"), Outcome = AuditOutcome.Done })])],
        Opened = [new() { OpenedAt = Start.AddHours(-1), Problem = new Problem { Id = "outage/region=eu", Cause = ProblemCause.Outage, Severity = ProblemSeverity.Critical, Since = Start, Summary = "38 nodes lost contact" } }],
    };

    [Fact]
    public void Page_OfARange_CountsFirstAndOpensGroups()
    {
        using var answers = new Answers(Some);
        using var rig = Rig(answers);
        rig.Services.GetRequiredService<NavigationManager>().NavigateTo(ChangesUrl.For(Some.From, Some.To));

        var page = rig.Render<ChangesPage>();

        page.WaitForAssertion(() => Assert.Equal("New failures 40|Nodes lost 1|Rollouts 1|Jobs 1|Commands 1|Problems opened 1",
            string.Join('|', page.FindAll("a.count-tile").Select(tile => tile.TextContent.Replace(tile.QuerySelector("strong")!.TextContent, $" {tile.QuerySelector("strong")!.TextContent}", StringComparison.Ordinal)))));
        Assert.Contains("Not watched for 10 min", page.Markup, StringComparison.Ordinal);
        Assert.Contains("started, then rolled back", page.Markup, StringComparison.Ordinal);
        Assert.Contains("href=\"compare?left=version%3A1%3Ajob-1&amp;right=version%3A2%3Ajob-1\"", page.Markup, StringComparison.Ordinal);
        Assert.Contains("href=\"attention?open=outage%2Fregion%3Deu\"", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".change-things"));
        page.InvokeAsync(() => page.Find("#changes-failed .change-head button").Click());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#changes-failed .change-head button").GetAttribute("aria-expanded")));
        Assert.Equal("executions/e1", page.Find(".change-things a").GetAttribute("href"));
        // The time leads there, as what the feed then knew.
        Assert.Contains("executions/e1?at=2026-11-01T11:00:02Z", page.FindAll(".time-link").Select(link => link.GetAttribute("href")));
        Assert.Contains("deployments/dep-1?at=2026-11-01T11:00:00Z", page.FindAll(".time-link").Select(link => link.GetAttribute("href")));
        Assert.Contains(page.FindAll(".change-head a").Select(link => link.GetAttribute("href")), href => href!.EndsWith("&at=2026-11-01T11:00:00Z", StringComparison.Ordinal));
        Assert.Contains("The newest 1 of 40", page.Find(".change-things").TextContent, StringComparison.Ordinal);
        Assert.Contains("by=job", Assert.Single(answers.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OtherGrouping_IsInTheAddressAndAskedForOnce()
    {
        using var answers = new Answers(Some with { Sections = [] });
        using var rig = Rig(answers);
        rig.Services.GetRequiredService<NavigationManager>().NavigateTo(ChangesUrl.For(Some.From, Some.To));
        var page = rig.Render<ChangesPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-loaded]")));

        page.InvokeAsync(() => page.Find("select").Change("cause"));

        page.WaitForAssertion(() => Assert.Equal(2, answers.Asked.Count));
        Assert.EndsWith("&by=cause", rig.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Contains("by=cause", answers.Asked[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "the change log begins at")]
    [InlineData(false, "the change log is empty")]
    public void Page_BeforeTheLog_SaysSoAndCountsNothing(bool hasLog, string words)
    {
        using var answers = new Answers(new FleetChanges { From = Start.AddDays(-2), To = Start.AddDays(-1), KnownSince = hasLog ? Start : null });
        using var rig = Rig(answers);

        var page = rig.Render<ChangesPage>();

        page.WaitForAssertion(() => Assert.Contains(words, page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".count-tile"));
    }

    [Fact]
    public void Page_FeedThatDoesNotAnswer_SaysWhy()
    {
        using var answers = new Answers(null);
        using var rig = Rig(answers);

        var page = rig.Render<ChangesPage>();

        page.WaitForAssertion(() => Assert.Contains("What changed is not known", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("changes", "changes")]
    [InlineData("changes?from=-1d", "changes?from=-1d")]
    [InlineData("changes?from=2026-05-01T10:00:00Z&to=2026-05-01T11:00:00Z&by=label%3Aregion", "changes?from=2026-05-01T10:00:00Z&to=2026-05-01T11:00:00Z&by=label%3Aregion")]
    [InlineData("changes?by=nonsense", "changes")]
    public void Url_Parsed_IsTheSame(string address, string expected)
    {
        var url = ChangesUrl.Parse("http://localhost/" + address);

        Assert.Equal(expected, url.ToString());
        Assert.Equal(url, ChangesUrl.Parse(url.ToString()));
        if (url.Range == TimeRange.All) Assert.Equal(ChangesUrl.Default, url.Shown);
    }

    private static PageRig Rig(Answers answers)
    {
        var rig = new PageRig(services => services.AddSingleton(provider => new FeedHistoryClient(new HttpClient(answers, disposeHandler: false), provider.GetRequiredService<IFeedAddress>(), FeedKey.Random())));
        rig.Load(PageRig.Good, FleetChange.Of(new Job { Id = "job-1", Name = "ingest" }));
        return rig;
    }

    private sealed class Answers(FleetChanges? changes) : HttpMessageHandler
    {
        private readonly List<string> _asked = [];

        public IReadOnlyList<string> Asked
        {
            get { lock (_asked) return [.. _asked]; }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_asked) _asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(changes is null ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(changes, FeedContract.Json)) });
        }
    }
}
