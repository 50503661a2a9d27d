using Bunit;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Deployments;

/// <summary>The list of deployments: which rows move, which stay, and what viewers share.</summary>
public sealed class DeploymentListTests : IAsyncDisposable
{
    private const int Many = 1_200;
    private readonly PageRig _rig = new();

    private RolloutSummaries Summaries => _rig.Services.GetRequiredService<RolloutSummaries>();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void Of_AnExecutionOfAnotherChanges_IsTheSame()
    {
        Load(Ended("a"), Ended("b"));
        var before = Of("a");
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        _rig.Follow(null, PageRig.Execution("b-0", KnownExecutionState.Failed, "b"));

        Assert.Same(before, Of("a"));
    }

    [Theory]
    [InlineData("changes")]
    [InlineData("goes")]
    [InlineData("comes")]
    [InlineData("moves away")]
    public void Of_AnExecutionOfItsOwn_IsCountedAtOnce(string what)
    {
        Load(Ended("a"), Ended("b"));
        Assert.Equal((2, 0), (Of("a").Progress.Placed, Of("a").Progress.Failed));
        _rig.Follow(null, what switch
        {
            "changes" => PageRig.Execution("a-0", KnownExecutionState.Failed, "a", "node-0"),
            "goes" => FleetChange.Gone(FleetKind.Execution, "a-0"),
            "comes" => PageRig.Execution("a-9", KnownExecutionState.Failed, "a", "node-9"),
            _ => PageRig.Execution("a-0", deployment: "b", node: "node-0"),
        });

        Assert.Equal(what switch { "changes" => (2, 1), "comes" => (3, 1), _ => (1, 0) }, (Of("a").Progress.Placed, Of("a").Progress.Failed));
    }

    [Fact]
    public void Of_ANodeIsLost_CountsItsExecutionsAsOffline()
    {
        Load(Ended("a"));
        _rig.Follow(null, FleetChange.Of(new Node { Id = "node-0", Connection = "connected" }));
        Assert.Equal(0, Of("a").Progress.Offline);
        _rig.Follow(null, FleetChange.Of(new Node { Id = "node-0", Connection = "lost" }));

        Assert.Equal(1, Of("a").Progress.Offline);
    }

    [Fact]
    public void Of_AManyNodedOneThatMoves_IsWorkedOutOnceASecond()
    {
        _rig.Load(PageRig.Good, [FleetChange.Of(new Deployment { Id = "a", State = "in_progress" }), .. Enumerable.Range(0, Many).Select(i => PageRig.Execution($"a-{i}", deployment: "a", node: $"node-{i}"))]);
        var before = Of("a");
        _rig.Follow(null, PageRig.Execution("a-0", KnownExecutionState.Failed, "a", "node-0"));
        Assert.Same(before, Of("a"));
        _rig.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Of("a").Progress.Failed);
    }

    [Fact]
    public void Of_TheFleetIsReplaced_IsOfTheNewOne()
    {
        Load(Ended("a"));
        Assert.Equal(2, Of("a").Progress.Placed);
        _rig.Load(PageRig.Good, FleetChange.Of(new Deployment { Id = "a", State = "completed" }));

        Assert.Equal(0, Of("a").Progress.Placed);
    }

    [Fact]
    public async Task List_Keys_GoFromRowToRow()
    {
        Load(Ended("a"), Ended("b"));
        var page = _rig.Render<DeploymentsPage>();
        Assert.Empty(page.FindAll("tr.cursor"));
        var viewer = _rig.Services.GetRequiredService<Viewer>();
        await page.InvokeAsync(() => viewer.PressAsync("j"));
        await page.InvokeAsync(() => viewer.PressAsync("j"));
        var second = page.FindAll("tbody tr")[1];
        Assert.Equal("cursor", second.ClassName);
        await page.InvokeAsync(() => viewer.PressAsync("k"));

        Assert.Equal("cursor", page.FindAll("tbody tr")[0].ClassName);
        Assert.Single(page.FindAll("tr.cursor"));
    }

    [Fact]
    public async Task List_DeploymentThatComesMeanwhile_WaitsBehindAButton()
    {
        Load(Ended("a"));
        var page = _rig.Render<DeploymentsPage>();
        _rig.Follow(null, FleetChange.Of(new Deployment { Id = "b", State = "in_progress" }));
        _rig.Time.Advance(LiveSignals.Interval);
        page.WaitForAssertion(() => Assert.Equal("1 new", page.Find(".new-button").TextContent));
        Assert.Single(page.FindAll("tbody tr"));
        await page.InvokeAsync(() => page.Find(".new-button").Click());

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
    }

    [Fact]
    public void List_FiltersWhileNothingIsLoaded_IsLoadingNotEmpty()
    {
        _rig.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("deployments?state=failed");
        var page = _rig.Render<DeploymentsPage>();

        Assert.Contains("Loading deployments", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void List_NothingChanges_FollowsTheClock()
    {
        _rig.Load(PageRig.Good, [
            FleetChange.Of(new Deployment { Id = "a", State = "in_progress", TotalNodes = 10, CreatedAt = PageRig.Start.AddMinutes(-1) }),
            .. Enumerable.Range(0, 4).Select(i => PageRig.Execution($"a-{i}", deployment: "a", node: $"node-{i}"))]);
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        var page = _rig.Render<DeploymentsPage>();
        Assert.Contains("Ends ", page.Find("[data-label=Duration]").TextContent, StringComparison.Ordinal);

        for (var i = 0; i < 18; i++) _rig.Time.Advance(LiveSignals.ClockPace);

        page.WaitForAssertion(() => Assert.Contains("nothing finished for", page.Find("[data-label=Duration]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void List_RowWithoutTotals_SaysWhatIsKnown()
    {
        _rig.Load(PageRig.Good, [
            FleetChange.Of(new Deployment { Id = "a", State = "in_progress", CanaryNodes = ["node-0"], Strategy = new RolloutStrategy { Kind = "canary", MaxFailedNodesPercent = 12.5 } }),
            PageRig.Execution("a-0", deployment: "a", node: "node-0")]);
        var row = _rig.Render<DeploymentsPage>().Find("tbody tr");

        Assert.Equal("1 healthy; total not reported", row.QuerySelector("[data-label=Progress]")!.TextContent);
        Assert.Equal("0 (limit 10 or 12.5 %)", row.QuerySelector("[data-label=Failures]")!.TextContent);
        Assert.Null(row.QuerySelector(".over"));
        Assert.Equal("1, not promoted", row.QuerySelector("[data-label=Canary]")!.TextContent);
        Assert.Contains("Awaiting promotion", row.QuerySelector("[data-label=State]")!.TextContent, StringComparison.Ordinal);
    }

    private DeploymentSummary Of(string id) => Summaries.Of(_rig.Replica.Store.FindDeployment(id)!);

    private void Load(params IEnumerable<FleetChange>[] deployments) => _rig.Load(PageRig.Good, [.. deployments.SelectMany(d => d)]);

    private static IEnumerable<FleetChange> Ended(string id) =>
    [
        FleetChange.Of(new Deployment { Id = id, State = "completed" }),
        PageRig.Execution($"{id}-0", deployment: id, node: "node-0"), PageRig.Execution($"{id}-1", deployment: id, node: "node-1"),
    ];
}
