using Bunit;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live;
using ExecutionDashboard.Tests.Components.Shared.Attention;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Shared.Groups;

/// <summary>Nodes, jobs, deployments and problems in groups.</summary>
public sealed class ShortListGroupsTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();

    public Task InitializeAsync()
    {
        _rig.Render<MudPopoverProvider>();
        _rig.Load(PageRig.Good, [Job("a", "running", "edge"), Job("b", "running", "core"), Job("c", "failed", "edge"), Deployment("d1", "a", "completed"), Deployment("d2", "a", "failed"), Node("n1", "lost"), Node("n2", "connected"), Node("n3", "connected")]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Jobs_ByState_AreFolded_UnfoldAndFilter()
    {
        var page = Open<JobsPage>("jobs?group=state");
        Assert.Equal(["running 2: 2 running", "failed 1: 1 failed"], Heads(page));
        Assert.Empty(page.FindAll(".row-link"));

        await page.InvokeAsync(() => page.Find(".group-fold").Click());

        page.WaitForAssertion(() => Assert.Equal(["a", "b"], page.FindAll(".row-link").Select(l => l.TextContent)));
        Assert.Equal(["1", "2", "2", "1"], page.FindAll("tbody tr").Select(r => r.GetAttribute("aria-level")));
        Assert.Equal("jobs?state=running", page.Find("a[aria-label='Filter by running']").GetAttribute("href"));
    }

    [Fact]
    public void Jobs_ByLabel_CountsFollowAndLinesStay()
    {
        var page = Open<JobsPage>("jobs?group=label.team");
        Assert.Equal(["edge 2: 1 failed, 1 running", "core 1: 1 running"], Heads(page));

        _rig.Follow(null, Job("c", "running", "core"), FleetChange.Gone(FleetKind.Job, "a"));
        Draw();

        page.WaitForAssertion(() => Assert.Equal(["edge 0: ", "core 2: 2 running"], Heads(page)));
        Assert.Equal("jobs?label=team%3D%3Dedge", page.Find("a[aria-label='Filter by edge']").GetAttribute("href"));
    }

    [Fact]
    public async Task Jobs_Keys_WalkTheTree()
    {
        var page = Open<JobsPage>("jobs?group=state");
        foreach (var (key, line, lines) in new[] { ("ArrowDown", 0, 2), ("ArrowRight", 0, 4), ("ArrowRight", 1, 4), ("End", 3, 4), ("ArrowUp", 2, 4), ("ArrowLeft", 0, 4), ("ArrowLeft", 0, 2), ("Enter", 0, 4) })
        {
            await page.InvokeAsync(() => page.Find("[data-tree]").Change(key));
            page.WaitForAssertion(() => Assert.Equal($"line-{line}", page.Find("table").GetAttribute("aria-activedescendant")));
            page.WaitForAssertion(() => Assert.Equal(lines, page.FindAll("tbody tr").Count));
        }
    }

    [Fact]
    public void Deployments_ByJob_CountStates()
    {
        var page = Open<DeploymentsPage>("deployments?group=job");
        Assert.Equal(["a 2: 1 completed, 1 failed"], Heads(page));
        Assert.Equal("deployments?job=a", page.Find("a[aria-label='Filter by a']").GetAttribute("href"));
    }

    [Fact]
    public async Task Problems_BySeverity_KeepOneThatEnded()
    {
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        _rig.Show(SomeProblem.Outage, SomeProblem.Dispatch, SomeProblem.Promotion);
        var page = Open<AttentionPage>("attention?group=cause");
        Assert.Equal(3, Heads(page).Count());
        Assert.Equal("attention?cause=outage", page.Find("a[aria-label='Filter by Outage']").GetAttribute("href"));
        var first = page.Find(".group-name").TextContent;
        await page.InvokeAsync(() => page.Find(".group-fold").Click());
        page.WaitForAssertion(() => Assert.Equal([first], page.FindAll(".row-link").Select(l => l.TextContent)));

        _rig.Show();
        Draw();

        page.WaitForAssertion(() => Assert.Contains("Resolved", page.Find("tr.left").TextContent, StringComparison.Ordinal));
        Assert.StartsWith($"{first} 0", Heads(page).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_ByConnection_UnfoldAndFollow()
    {
        var page = Open<NodesPage>("nodes?view=list&listgroup=connection");
        Assert.Equal(["connected 2: 2 connected", "lost 1: 1 lost"], Heads(page));
        await page.InvokeAsync(() => page.FindAll(".group-fold")[1].Click());
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr[data-index]").Count));
        Assert.Equal("nodes?connection=lost&view=list", page.Find("a[aria-label='Filter by lost']").GetAttribute("href"));

        _rig.Follow(null, Node("n1", "connected"));
        Draw();

        page.WaitForAssertion(() => Assert.Equal(["connected 3: 3 connected", "lost 0: "], Heads(page)));
        Assert.Contains("left", page.FindAll("tbody tr[data-index]")[2].ClassList);
    }

    [Fact]
    public async Task Heads_OfEachList_StartABulkRunOfTheGroup()
    {
        var dialogs = _rig.Render<MudDialogProvider>();
        foreach (var (id, job, node) in new[] { ("e1", "a", "n1"), ("e2", "b", "n1"), ("e3", "c", "n2") })
            _rig.Follow(null, FleetChange.Of(new Execution { Id = id, JobId = job, NodeId = node, DeploymentId = job == "a" ? "d2" : "", Actual = new(ExecutionState.Of(KnownExecutionState.Running)), Desired = new(ExecutionState.Of(KnownExecutionState.Running)) }));

        await AskedAsync(Open<JobsPage>("jobs?group=state"), "running", "out of 2 that match");
        await AskedAsync(Open<DeploymentsPage>("deployments?group=state"), "failed", "out of 1 that match");
        await AskedAsync(Open<NodesPage>("nodes?view=list&listgroup=connection"), "lost", "out of 2 that match");

        async Task AskedAsync<TPage>(IRenderedComponent<TPage> page, string group, string numbers) where TPage : IComponent
        {
            await page.InvokeAsync(() => page.Find($"button[aria-label='Bulk run of {group}']").Click());
            dialogs.WaitForAssertion(() => Assert.Contains(numbers, dialogs.Find(".bulk-numbers").TextContent, StringComparison.Ordinal));
            await dialogs.InvokeAsync(() => dialogs.FindAll(".mud-dialog-actions button").First(b => b.TextContent.Trim() == "Cancel").Click());
            dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".bulk-numbers")));
        }
    }

    [Theory]
    [InlineData("jobs?group=colour")]
    [InlineData("jobs?group=label.a=b")]
    public void Open_AGroupingThatIsNone_IsTheListWithoutGroups(string address)
    {
        var page = Open<JobsPage>(address);
        Assert.Empty(Heads(page));
        Assert.Equal(3, page.FindAll(".row-link").Count);
        Assert.Empty(page.FindAll("[role=treegrid]"));
    }

    private IRenderedComponent<TPage> Open<TPage>(string address) where TPage : IComponent
    {
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return _rig.Render<TPage>();
    }

    private void Draw() => _rig.Time.Advance(LiveSignals.Interval);

    private static IEnumerable<string> Heads<TPage>(IRenderedComponent<TPage> page) where TPage : IComponent =>
        [.. page.FindAll("tr.group-head").Select(head => $"{head.QuerySelector(".group-name")!.TextContent} {head.QuerySelector("b")!.TextContent}: {string.Join(", ", head.QuerySelectorAll(".group-part").Select(p => p.TextContent.Trim()))}")];

    private static FleetChange Job(string id, string state, string team) => FleetChange.Of(new Job { Id = id, Name = id, State = state, Labels = new Dictionary<string, string> { ["team"] = team } });

    private static FleetChange Deployment(string id, string job, string state) => FleetChange.Of(new Deployment { Id = id, JobId = job, State = state });

    private static FleetChange Node(string id, string connection) => FleetChange.Of(new Node { Id = id, Name = id, Connection = connection });
}
