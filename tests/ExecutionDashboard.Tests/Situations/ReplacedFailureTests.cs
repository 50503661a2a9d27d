using Bunit;
using ExecutionDashboard.Components.Pages.ExecutionDetail;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.JobDetail;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Nodes;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Tests.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Situations;

/// <summary>
/// Replaced failure: x1 failed 20 days ago and x2, which replaced it, runs. Beside it, y1 failed and nothing replaced it. The present of the first job
/// on its node is running; what failed there is history, and says so.
/// </summary>
public sealed class ReplacedFailureTests : IAsyncDisposable
{
    private readonly PageRig _rig = new();

    public ReplacedFailureTests() => _rig.Load(
        PageRig.Good, FleetChange.Of(PageRig.Spec), FleetChange.Of(new Job { Id = "job-1", Name = "ingest", Version = 2, State = "running" }),
        FleetChange.Of(new Node { Id = "node-1", Connection = "connected" }), FleetChange.Of(new Node { Id = "node-2", Connection = "connected" }),
        Made("x1", KnownExecutionState.Failed, "node-1", days: -20, next: "x2"), Made("x2", KnownExecutionState.Running, "node-1", days: -19), Made("y1", KnownExecutionState.Failed, "node-2", days: -1));

    [Fact]
    public void Overview_CountsThePresent_AndEachCountLeadsToWhatItCounts()
    {
        var page = _rig.Render<OverviewPage>();

        Assert.Equal(("1", "1"), (page.Find(".count-tile.st-failed strong").TextContent, page.Find(".count-tile.st-running strong").TextContent));
        Assert.Contains("2 current executions", page.Find(".list-head").TextContent, StringComparison.Ordinal);
        foreach (var tile in page.FindAll(".count-grid .count-tile:not(.last-known)"))
            Assert.Equal(tile.QuerySelector("strong")!.TextContent, _rig.Replica.Store.Count(ExecutionListUrl.Parse(tile.GetAttribute("href")!).Query).ToString());
    }

    [Fact]
    public void MapAndOverview_CountTheSameFailures()
    {
        var map = new NodeMap(_rig.Replica.Store, new NodeMapView(NodeColor.State, "", ""), NodeQuery.All);

        Assert.Equal(1, map.Colors.Single(c => c.Value == "failed").Count);
        Assert.Equal(1, _rig.Replica.Store.Counts(ExecutionScope.Current)[KnownExecutionState.Failed]);
    }

    [Fact]
    public void NotInDesiredState_IsOneNumber_OnOverviewListAndPanel()
    {
        Assert.Contains("not in desired state", _rig.Render<OverviewPage>().FindAll(".count-tile").Single(t => t.QuerySelector("strong")!.TextContent == "1" && t.GetAttribute("href")!.Contains("drift=yes", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        var list = Open("executions?drift=yes");
        Assert.Equal("y1", Assert.Single(list.FindAll("tbody tr .c-id")).TextContent);
        Assert.Empty(Panel("x1").FindAll(".execution-title .wanted"));
        Assert.NotEmpty(Panel("y1").FindAll(".execution-title .wanted"));
    }

    [Fact]
    public void List_ShowsAllUnlessAsked_AndSaysWhatReplacedAFailure()
    {
        var list = Open("executions?sort=id");
        Assert.Equal("All", list.Find("[aria-label='Current and replaced executions'] [aria-pressed=true]").TextContent);
        Assert.Equal(["x1", "x2", "y1"], Ids(list));
        Assert.Contains("Replaced by x2 (running)", list.FindAll("tbody tr[data-index]")[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Replaced by", list.FindAll("tbody tr[data-index]")[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Current", "of=current", "x2,y1")]
    [InlineData("Replaced", "of=replaced", "x1")]
    public async Task List_AskedForOne_HasItInTheAddressAndCountsIt(string word, string address, string ids)
    {
        var list = Open("executions?sort=id");

        await list.InvokeAsync(() => list.FindAll("[aria-label='Current and replaced executions'] button").Single(b => b.TextContent == word).Click());

        Assert.Contains(address, _rig.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        list.WaitForAssertion(() => Assert.Equal(ids.Split(','), Ids(list)));
        Assert.Equal("1", list.Find(".state-toggle.st-failed b").TextContent);
    }

    [Fact]
    public void Panel_OfAReplacedFailure_FollowsItsSuccessor()
    {
        var panel = Panel("x1");
        Assert.Contains("Replaced by x2 (running)", panel.Find("[data-replaced]").TextContent, StringComparison.Ordinal);

        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        _rig.Follow(null, Made("x2", KnownExecutionState.Degraded, "node-1", days: -19));

        panel.WaitForAssertion(() => Assert.Contains("Replaced by x2 (degraded)", panel.Find("[data-replaced]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void JobPage_CountsThePresent_AndLinksToWhatFailedBefore()
    {
        var page = _rig.Render<JobBoard>(b => b.Add(p => p.Id, "job-1"));

        Assert.Equal("1", page.Find(".state-links .st-failed strong").TextContent);
        Assert.Contains(page.FindAll("a"), a => a.TextContent == "1 replaced" && a.GetAttribute("href")!.Contains("of=replaced", StringComparison.Ordinal));
        Assert.Contains(page.FindAll("a"), a => a.TextContent == "1 earlier failure" && a.GetAttribute("href")!.Contains("state=failed", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync() => await _rig.DisposeAsync();

    private IRenderedComponent<ExecutionsPage> Open(string address)
    {
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return _rig.Render<ExecutionsPage>();
    }

    private IRenderedComponent<ExecutionView> Panel(string id) => _rig.Render<ExecutionView>(v => v.Add(p => p.Id, id).Add(p => p.LinkTo, to => to));

    private static IEnumerable<string> Ids(IRenderedComponent<ExecutionsPage> list) => list.FindAll("tbody tr .c-id").Select(c => c.TextContent);

    private static FleetChange Made(string id, KnownExecutionState state, string node, int days, string next = "") => FleetChange.Of(
        PageRig.Execution(id, state, node: node).Execution! with { NextId = next, CreatedAt = PageRig.Start.AddDays(days), UpdatedAt = PageRig.Start.AddDays(days), Revision = (int)state });
}
