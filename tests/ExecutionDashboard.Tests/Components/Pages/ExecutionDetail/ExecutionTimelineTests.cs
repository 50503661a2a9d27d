using Bunit;
using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.Components.Pages.ExecutionDetail;

public sealed class ExecutionTimelineTests
{
    private static readonly Execution Running = new() { Id = "e", UpdatedAt = PageRig.Start, Actual = new(ExecutionState.Parse("running")) };

    [Fact]
    public async Task Render_OnItsWay_IsASkeletonAndNotEmpty()
    {
        await using var rig = new PageRig();

        var timeline = Render(rig, Loaded<FeedHistory>.None.Loading());

        Assert.NotNull(timeline.Find(".skeleton-rows"));
        Assert.DoesNotContain("No change", timeline.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NoChanges_SaysSo()
    {
        await using var rig = new PageRig();

        Assert.Contains("No state changes recorded yet", Render(rig, new(new FeedHistory([]))).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_Failed_SaysWhyAndTriesAgain()
    {
        await using var rig = new PageRig();
        var tries = 0;
        var timeline = Render(rig, Loaded<FeedHistory>.None.Failed("The feed sleeps."), () => tries++);

        Assert.Contains("The feed sleeps.", timeline.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await timeline.InvokeAsync(() => timeline.Find("[role=alert] button").ClickAsync(new()));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Render_FailedAfterAGoodOne_KeepsTheStepsUnderTheProblem()
    {
        await using var rig = new PageRig();

        var timeline = Render(rig, new Loaded<FeedHistory>(new FeedHistory([Change("pending", 0), Change("running", 5)])).Failed("The feed sleeps."));

        Assert.Equal(2, timeline.FindAll(".steps li").Count);
        Assert.NotNull(timeline.Find("[role=alert]"));
    }

    [Fact]
    public async Task Render_SecretInAMessage_IsMasked()
    {
        await using var rig = new PageRig();

        var timeline = Render(rig, new(new FeedHistory([Change("failed", 0, "login refused: password=hunter2")])));

        Assert.DoesNotContain("hunter2", timeline.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_Brief_ShowsTheNewestSixAndSaysThatThereAreMore()
    {
        await using var rig = new PageRig();
        var states = new[] { "pending", "starting", "running", "degraded", "running", "degraded", "running", "failed" };

        var timeline = rig.Render<ExecutionTimeline>(t => t
            .Add(v => v.Execution, Running).Add(v => v.Brief, true).Add(v => v.History, new(new FeedHistory([.. states.Select((s, i) => Change(s, i))]))));

        Assert.Equal(6, timeline.FindAll(".steps li").Count);
        Assert.Equal("failed", timeline.Find(".steps .state").TextContent.Trim());
        Assert.Contains("newest 6 of 8", timeline.Markup, StringComparison.Ordinal);
    }

    private static IRenderedComponent<ExecutionTimeline> Render(PageRig rig, Loaded<FeedHistory> history, Action? retry = null) =>
        rig.Render<ExecutionTimeline>(t => t.Add(v => v.Execution, Running).Add(v => v.History, history).Add(v => v.OnRetry, () => retry?.Invoke()));

    private static StateChange Change(string to, int seconds, string message = "") => new() { Id = "e", To = to, At = PageRig.Start.AddSeconds(seconds), Message = message };
}
