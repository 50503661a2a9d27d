using System.Net;
using System.Text.Json;
using Bunit;
using ExecutionDashboard.Components.Shared.Convergence;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Convergence;
using ExecutionDashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Convergence;

/// <summary>The card of convergence.</summary>
public sealed class ConvergenceCardTests
{
    private static readonly ConvergenceReport Slow = new()
    {
        JobId = "job-1", Objective = TimeSpan.FromSeconds(90), Target = 0.95, KnownSince = PageRig.Start.AddDays(-3), Open = 3, OpenLate = 1, OldestOpen = PageRig.Start.AddMinutes(-10),
        Gaps = [new(PageRig.Start.AddHours(-2), PageRig.Start.AddHours(-1))],
        Windows = [new(TimeSpan.FromHours(24), 18, 1, 16, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(120), 1), new(TimeSpan.FromDays(7), 100, 0, 99, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), 0), new(TimeSpan.FromDays(30), 0, 0, 0, null, null, 0)],
    };

    [Fact]
    public void Card_OfAJob_ShowsEachWindowAndWhatIsOpen()
    {
        using var answers = new Answers(Slow);
        using var rig = new PageRig(services => services.AddSingleton(provider => new FeedHistoryClient(new HttpClient(answers, disposeHandler: false), provider.GetRequiredService<IFeedAddress>(), FeedKey.Random())));

        var card = rig.Render<ConvergenceCard>(parameters => parameters.Add(c => c.JobId, "job-1"));

        card.WaitForAssertion(() => Assert.Equal(
            ["1 d|18 + 1 missed|12 s|2 min|80 %|4", "7 d|100|10 s|30 s|99 %|0.2", "30 d|0|–|–|–|–"],
            card.FindAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent)))));
        Assert.Equal("over", card.Find("tbody tr td:last-child").ClassName);
        Assert.Contains("objective 1 min 30 s for 95 %", card.Markup, StringComparison.Ordinal);
        Assert.Contains("3 executions not in the desired state yet, 1 late", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Known since", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Not watched for 1 h", card.Markup, StringComparison.Ordinal);
        Assert.EndsWith("/feed/v1/convergence?job=job-1", answers.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Card_FeedThatDoesNotAnswer_SaysWhy()
    {
        using var answers = new Answers(null);
        using var rig = new PageRig(services => services.AddSingleton(provider => new FeedHistoryClient(new HttpClient(answers, disposeHandler: false), provider.GetRequiredService<IFeedAddress>(), FeedKey.Random())));

        var card = rig.Render<ConvergenceCard>();

        card.WaitForAssertion(() => Assert.Contains("Not known: ", card.Markup, StringComparison.Ordinal));
    }

    private sealed class Answers(ConvergenceReport? report) : HttpMessageHandler
    {
        public string Asked { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = request.RequestUri!.ToString();
            return Task.FromResult(report is null ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(report, FeedContract.Json)) });
        }
    }
}
