using Bunit;
using ExecutionDashboard.Components.Pages.Timeline;
using ExecutionDashboard.Components.Shared.Timelines;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Timelines;

public sealed class TimelinePageTests
{
    private readonly PageRig _rig = new();

    private string Address => _rig.Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task Page_BeforeTheFirstAnswer_SaysThatItLoads()
    {
        await using var rig = _rig;

        Assert.Contains("Loading executions", Open("timeline?last=60").Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FilterThatNothingMatches_SaysSoAndClears()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60&job=nobody");

        Assert.Contains("No executions match these filters", page.Find(".empty").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find(".empty button").Click());

        Assert.EndsWith("/timeline?last=60", Address, StringComparison.Ordinal);
        Assert.Single(page.FindComponents<NodeLanes>());
    }

    [Fact]
    public async Task Page_GroupAndOrder_AreTakenFromTheAddressAndPutIntoIt()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60&group=label:region&order=state");

        Assert.Equal(["eu", "", "us", ""], page.FindComponent<NodeLanes>().Instance.Rows.Select(r => r.Group));
        await page.InvokeAsync(() => page.Find(".timeline-tools select").Change(LaneOrder.ByState));

        Assert.Contains("group=state&order=state", Address, StringComparison.Ordinal);
        Assert.Equal(["failed", "running"], page.FindComponent<NodeLanes>().Instance.Rows.Where(r => r.IsHead).Select(r => r.Group));
    }

    [Fact]
    public async Task Page_GroupFoldedInTheBrowser_IsInTheAddress_AndItsLanesAreNotAskedFor()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60&group=label:region");
        var lanes = page.FindComponent<NodeLanes>();

        await page.InvokeAsync(() => lanes.Instance.Fold(0, "eu"));
        Assert.EndsWith("&folded=eu", Address, StringComparison.Ordinal);
        Assert.Equal(["", "", "node-1"], lanes.Instance.Rows.Select(r => r.NodeId));
        Assert.Contains("2 nodes", page.Find(".list-count").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => lanes.Instance.Fold(1, "another group by now"));
        await page.InvokeAsync(() => lanes.Instance.Fold(77, "eu"));
        await page.InvokeAsync(() => lanes.Instance.Fold(2, ""));
        Assert.EndsWith("&folded=eu", Address, StringComparison.Ordinal);
        await page.InvokeAsync(() => lanes.Instance.Fold(0, "eu"));
        Assert.DoesNotContain("folded", Address, StringComparison.Ordinal);
        Assert.Equal(4, lanes.Instance.Rows.Count);
    }

    [Fact]
    public async Task Page_FoldAllAndUnfoldAll_AreOfferedForGroups_AndForgottenWithThem()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60");
        Assert.Empty(page.FindAll(".fold-tools"));
        await page.InvokeAsync(() => page.Find(".timeline-tools select").Change("label:region"));

        await page.InvokeAsync(() => page.Find(".fold-tools button").Click());
        Assert.EndsWith("&folded=*", Address, StringComparison.Ordinal);
        Assert.All(page.FindComponent<NodeLanes>().Instance.Rows, row => Assert.True(row.IsFolded));
        Assert.Single(page.FindComponents<NodeLanes>());
        await page.InvokeAsync(() => page.Find(".fold-tools button:nth-of-type(2)").Click());
        Assert.Equal(4, page.FindComponent<NodeLanes>().Instance.Rows.Count);
        await page.InvokeAsync(() => page.Find(".fold-tools button").Click());
        await page.InvokeAsync(() => page.Find(".timeline-tools select").Change(LaneOrder.ByState));
        Assert.DoesNotContain("folded", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FoldedInTheAddress_StaysFoldedWhenLanesAreOrderedAnew()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60&group=label:region&folded=us");
        Assert.Equal(["", "node-2", ""], page.FindComponent<NodeLanes>().Instance.Rows.Select(r => r.NodeId));
        rig.Time.Advance(TimeSpan.FromSeconds(10));

        rig.Follow(null, Node("node-3", "us"));
        page.WaitForAssertion(() => Assert.Contains("moved", page.Find(".new-button").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find(".new-button").Click());

        page.WaitForAssertion(() => Assert.Equal([("eu", 1), ("", 0), ("us", 2)], page.FindComponent<NodeLanes>().Instance.Rows.Select(r => (r.Group, r.Count))));
    }

    [Fact]
    public async Task Page_FollowAndStay_ChangeTheRange()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60");

        await page.InvokeAsync(() => page.Find(".follow").Click());
        Assert.EndsWith("from=2026-11-01T11:59:00Z&to=2026-11-01T12:00:00Z", Address, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find(".follow").Click());
        Assert.EndsWith("last=60", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NodeThatComesLater_WaitsBehindAButton()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60");
        rig.Time.Advance(TimeSpan.FromSeconds(10));

        rig.Follow(null, FleetChange.Of(new Node { Id = "node-0", Connection = "connected" }));
        page.WaitForAssertion(() => Assert.Contains("moved", page.Find(".new-button").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindComponent<NodeLanes>().Instance.Rows.Count);
        await page.InvokeAsync(() => page.Find(".new-button").Click());

        page.WaitForAssertion(() => Assert.Equal("node-0", page.FindComponent<NodeLanes>().Instance.Rows[0].NodeId));
    }

    [Fact]
    public async Task Lanes_RangeChosenInTheBrowser_IsInTheAddress_NonsenseIsNot()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60");
        var lanes = page.FindComponent<NodeLanes>();
        double At(int seconds) => PageRig.Start.AddSeconds(seconds).ToUnixTimeMilliseconds();

        await page.InvokeAsync(() => lanes.Instance.See(0, 5, At(-90), At(-30), follows: false, turn: 1));
        Assert.EndsWith("from=2026-11-01T11:58:30Z&to=2026-11-01T11:59:30Z", Address, StringComparison.Ordinal);
        await page.InvokeAsync(() => lanes.Instance.See(0, 5, double.NaN, At(-30), follows: false, turn: 1));
        await page.InvokeAsync(() => lanes.Instance.See(-3, -9, At(1), At(0), follows: true, turn: 1));
        Assert.EndsWith("from=2026-11-01T11:58:30Z&to=2026-11-01T11:59:30Z", Address, StringComparison.Ordinal);
        await page.InvokeAsync(() => lanes.Instance.See(0, 5, At(-30), At(0), follows: true, turn: 1));
        Assert.EndsWith("last=30", Address, StringComparison.Ordinal);
    }

    // An address takes its way through the browser: a page is drawn with the old one meanwhile, and with each one late.
    [Fact]
    public async Task Lanes_RangesChosenInTheBrowserThatComeBackLate_AreNotToldToItAgain()
    {
        await using var rig = Loaded();
        var (said, all) = (new List<TimelineRange>(), TimelineRange.Last(TimeSpan.FromMinutes(1)));
        var lanes = _rig.Render<NodeLanes>(p => p.Add(l => l.Range, all).Add(l => l.RangeChanged, said.Add));
        double At(int seconds) => PageRig.Start.AddSeconds(seconds).ToUnixTimeMilliseconds();

        for (var end = -30; end <= -10; end += 10)
        {
            await lanes.InvokeAsync(() => lanes.Instance.See(0, 5, At(-90), At(end), follows: false, turn: 1));
            lanes.Render(p => p.Add(l => l.Range, all));
        }
        Assert.Equal(3, said.Count);
        foreach (var range in said) lanes.Render(p => p.Add(l => l.Range, range));
        Assert.DoesNotContain(_rig.JSInterop.Invocations, call => call.Identifier == "show");

        lanes.Render(p => p.Add(l => l.Range, said[0]));
        Assert.Single(_rig.JSInterop.Invocations, call => call.Identifier == "show");
        await lanes.InvokeAsync(() => lanes.Instance.See(0, 5, At(-80), At(-10), follows: false, turn: 1));
        Assert.Equal(3, said.Count);
    }

    [Fact]
    public async Task Lanes_WhatTheBrowserSaidBeforeItKnewOfARangeChosenOnThePage_DoesNotTakeItBack()
    {
        await using var rig = Loaded();
        var page = Open("timeline?from=2026-11-01T11:58:30Z&to=2026-11-01T11:59:30Z");
        var lanes = page.FindComponent<NodeLanes>();
        double At(int seconds) => PageRig.Start.AddSeconds(seconds).ToUnixTimeMilliseconds();

        await page.InvokeAsync(() => page.Find("button.follow").Click());
        await page.InvokeAsync(() => lanes.Instance.See(0, 5, At(-90), At(-30), follows: false, turn: 1));
        Assert.EndsWith("last=60", Address, StringComparison.Ordinal);

        await page.InvokeAsync(() => lanes.Instance.See(0, 5, At(-30), At(0), follows: true, turn: 2));
        Assert.EndsWith("last=30", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lanes_ExecutionChosenInTheBrowser_OpensBeside()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60");

        await page.InvokeAsync(() => page.FindComponent<NodeLanes>().Instance.Open("e1"));

        Assert.EndsWith("open=e1", Address, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("aside.panel"));
    }

    [Fact]
    public async Task Lanes_WhatIsNoPageOrExecutionOfThisDashboard_LeadsNowhere()
    {
        await using var rig = Loaded();
        var page = Open("timeline?last=60");
        var lanes = page.FindComponent<NodeLanes>().Instance;
        await page.InvokeAsync(() => lanes.See(0, int.MaxValue, At(-60), At(0), follows: true, turn: 1));
        var before = Address;

        foreach (var address in new[] { "//evil.example/", "https://evil.example/", @"\\evil.example\", "javascript:alert(1)", "file:///etc", "", null, new string('x', 30_000) }) await page.InvokeAsync(() => lanes.Go(address));
        foreach (var id in new[] { "nobody", "", null, new string('x', 30_000) }) await page.InvokeAsync(() => lanes.Open(id));
        Assert.Equal(before, Address);

        await page.InvokeAsync(() => lanes.Go("deployments/d1"));
        Assert.EndsWith("/deployments/d1", Address, StringComparison.Ordinal);

        static double At(double seconds) => PageRig.Start.AddSeconds(seconds).ToUnixTimeMilliseconds();
    }

    private PageRig Loaded()
    {
        _rig.Load(
            PageRig.Good, FleetChange.Of(PageRig.Spec), Node("node-1", "us"), Node("node-2", "eu"),
            PageRig.Execution("e1"), PageRig.Execution("e2", KnownExecutionState.Failed, node: "node-2"));
        return _rig;
    }

    private IRenderedComponent<TimelinePage> Open(string address)
    {
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return _rig.Render<TimelinePage>();
    }

    private static FleetChange Node(string id, string region) =>
        FleetChange.Of(new Node { Id = id, Connection = "connected", Labels = new Dictionary<string, string> { ["region"] = region } });
}
