using Bunit;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.JobDetail;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Pages.NodeDetail;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Components.Pages.Specs;
using ExecutionDashboard.Components.Pages.Timeline;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Lists;

/// <summary>A fleet that is not loaded is not empty: no page shows a zero or an all-clear.</summary>
public sealed class NotLoadedTests
{
    private static readonly FeedStatus Blind = PageRig.Good with { LastSuccessAt = null, Loading = 0, BlindSince = PageRig.Start, Problem = "Connection refused." };

    public static TheoryData<Type, string> Pages => new()
    {
        { typeof(OverviewPage), "" }, { typeof(ExecutionsPage), "executions?sort=-updated" }, { typeof(ExecutionsPage), "executions?state=failed" }, { typeof(NodesPage), "nodes?view=list" },
        { typeof(NodesPage), "nodes?view=map" }, { typeof(JobsPage), "jobs" }, { typeof(DeploymentsPage), "deployments" }, { typeof(SpecsPage), "specs" }, { typeof(AttentionPage), "attention" }, { typeof(TimelinePage), "timeline?last=60" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_ControlPlaneDeadFromTheFirst_SaysThatAndNoZero(Type page, string address)
    {
        await using var rig = new PageRig();
        rig.Load(Blind);

        AssertNotLoaded(Open(rig, page, address), "Control plane unreachable since");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_FeedDeadFromTheFirst_SaysThatAndNoZero(Type page, string address)
    {
        await using var rig = new PageRig();
        rig.Replica.FeedLost("Connection refused.");

        AssertNotLoaded(Open(rig, page, address), "Feed unreachable since");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_EmptyFleetThatWasLoaded_HasZeros(Type page, string address)
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good);

        var shown = Open(rig, page, address);

        Assert.Empty(shown.FindAll("[data-not-loaded]"));
        Assert.DoesNotContain("–", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_LoadedAtLast_ShowsZerosByItself()
    {
        await using var rig = new PageRig();
        rig.Load(Blind);
        var page = rig.Render<OverviewPage>();
        Assert.Equal("–", page.Find(".count-tile.st-failed strong").TextContent);

        rig.Follow(PageRig.Good);
        rig.Time.Advance(LiveSignals.Interval);

        page.WaitForAssertion(() => Assert.Equal("0", page.Find(".count-tile.st-failed strong").TextContent));
        Assert.DoesNotContain("Not loaded.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_OfWhatIsNotLoaded_AreNotSaidToBeMissing()
    {
        await using var rig = new PageRig();
        rig.Load(Blind);
        var pages = new[]
        {
            rig.Render<JobBoard>(b => b.Add(p => p.Id, "x")).Markup, rig.Render<NodeBoard>(b => b.Add(p => p.Id, "x")).Markup,
            rig.Render<ExecutionView>(b => b.Add(p => p.Id, "x").Add(p => p.LinkTo, id => id)).Markup,
        };
        Assert.All(pages, page => Assert.Contains("Control plane unreachable since", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.DoesNotContain("not found", page, StringComparison.Ordinal));
    }

    private static IRenderedComponent<IComponent> Open(PageRig rig, Type page, string address)
    {
        rig.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return rig.Render(builder =>
        {
            builder.OpenComponent(0, page);
            builder.CloseComponent();
        });
    }

    private static void AssertNotLoaded(IRenderedComponent<IComponent> page, string why)
    {
        Assert.Contains(page.FindAll("[data-not-loaded]"), face => face.TextContent.Contains(why, StringComparison.Ordinal) && face.TextContent.Contains("Connection refused.", StringComparison.Ordinal));
        foreach (var count in page.FindAll("strong, b")) Assert.False(count.TextContent.Trim() is "0" || count.TextContent.StartsWith("0 ", StringComparison.Ordinal), count.OuterHtml);
        foreach (var clear in new[] { "No failures", "None.", "No jobs", "No deployments", "No executions", "No nodes", "Nothing" })
            Assert.DoesNotContain(clear, page.Markup, StringComparison.Ordinal);
    }
}
