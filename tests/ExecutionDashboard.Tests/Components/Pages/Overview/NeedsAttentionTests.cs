using System.Threading.Channels;
using Bunit;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Live;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Tests.Components.Shared.Attention;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Overview;

/// <summary>The overview begins with what needs attention, and says "nothing" only when it knows.</summary>
public sealed class NeedsAttentionTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public void Overview_Problems_AreItsFirstSectionWorstFirstAndLeadToTheirEvidence()
    {
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        _rig.Show(SomeProblem.Outage, SomeProblem.Dispatch);
        var page = _rig.Render<OverviewPage>();

        Assert.Equal(["needs-attention", null, "deployments", "rate", "convergence"], page.FindAll("section").Select(s => s.GetAttribute("aria-labelledby")));
        Assert.Equal(["Outage", "Dispatch lost"], page.FindAll(".problem-list .name").Select(n => n.TextContent));
        Assert.Equal("attention?open=outage%2Fregion%3Deu", page.Find(".problem-list a").GetAttribute("href"));
        Assert.Equal("2", page.Find(".attention-count.sev-critical").TextContent);
        Assert.Contains("2 nodes, 1 execution", page.Find(".problem-list").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".problem-rest"));
    }

    [Fact]
    public void Overview_MoreThanEight_NamesTheWorstAndCountsTheRest()
    {
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        _rig.Show([.. Enumerable.Range(0, 11).Select(i => SomeProblem.Dispatch with { Id = $"dispatch-lost/{i}" })]);

        var page = _rig.Render<OverviewPage>();

        Assert.Equal(8, page.FindAll(".problem-list li").Count);
        Assert.Equal("3 more problems", page.Find(".problem-rest a").TextContent);
        Assert.Equal("11", page.Find(".attention-count").TextContent);
    }

    [Fact]
    public void Overview_Acknowledged_StepsBehindTheOthers()
    {
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        _rig.Show(SomeProblem.Outage, SomeProblem.Dispatch);
        Records.TakeRecords([new() { Problem = SomeProblem.Outage, OpenedAt = PageRig.Start, Acknowledgement = new("Ada", PageRig.Start, null) }, new() { Problem = SomeProblem.Dispatch, OpenedAt = PageRig.Start, OpenedToday = 3 }]);

        var page = _rig.Render<OverviewPage>();

        Assert.Equal("Dispatch lost", Assert.Single(page.FindAll(".problem-list .name")).TextContent);
        Assert.Contains("3rd time in 24 h", page.Find(".problem-list").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 acknowledged", page.Find(".problem-rest").TextContent, StringComparison.Ordinal);
        Assert.Equal("1", page.Find(".attention-count.sev-warning").TextContent);
    }

    [Fact]
    public void Overview_NoProblem_SaysNothingOnlyWhenTheDataIsCompleteAndFresh()
    {
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        var page = _rig.Render<OverviewPage>();
        Assert.DoesNotContain("Nothing", page.Find(".needs-attention").TextContent, StringComparison.Ordinal);

        _rig.Show();
        Draw();
        page.WaitForAssertion(() => Assert.Contains("Nothing needs attention.", page.Find(".needs-attention").TextContent, StringComparison.Ordinal));

        _rig.Replica.FeedLost("Connection refused.");
        _rig.ShowAsOld();
        Draw();
        page.WaitForAssertion(() => Assert.Contains("Not known whether anything needs attention: the feed is unreachable", page.Find(".needs-attention").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Nothing", page.Find(".needs-attention").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Overview_OldDataWithProblems_SaysThatThereMayBeMore()
    {
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        _rig.ShowAsOld(SomeProblem.Outage);

        Assert.Contains("There may be more", _rig.Render<OverviewPage>().Find(".needs-attention").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Navigation_Problems_AreCountedWhereTheyAre()
    {
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        var nav = _rig.Render<SideNav>(n => n.Add(p => p.Open, false));
        Assert.Empty(nav.FindAll(".nav-count"));

        _rig.Show(SomeProblem.Outage, SomeProblem.Dispatch, SomeProblem.Promotion);
        Draw();

        nav.WaitForAssertion(() => Assert.Equal(["Attention 3", "Executions 1", "Nodes 1", "Deployments 1"],
            nav.FindAll("a:has(.nav-count)").Select(a => $"{a.ChildNodes[1].TextContent} {a.QuerySelector(".nav-count")!.TextContent}")));
        Assert.Equal("3 problems", nav.Find("a[href=attention]").GetAttribute("title"));
    }

    [Fact]
    public async Task Alerts_ProblemOpensOrGetsWorse_TellTheBrowserWhileTheTabIsHidden()
    {
        var told = Channel.CreateUnbounded<string>();
        _rig.JSInterop.SetupModule("./js/attention.js").SetupVoid("tell", call => told.Writer.TryWrite($"{call.Arguments[0]} {((IEnumerable<object>)call.Arguments[1]!).Count()}")).SetVoidResult();
        _rig.Load(PageRig.Good, SomeProblem.Fleet);
        _rig.Show(SomeProblem.Promotion);
        _rig.Render<AttentionAlerts>();
        _rig.Services.GetRequiredService<Viewer>().SetVisible(false);
        var said = new List<string> { await NextAsync() };

        foreach (var problems in new Problem[][]
        {
            [SomeProblem.Dispatch, SomeProblem.Promotion], [SomeProblem.Dispatch with { Severity = ProblemSeverity.Critical }, SomeProblem.Promotion], [SomeProblem.Promotion with { Summary = "Other words." }], [],
        })
        {
            _rig.Show(problems);
            Draw();
            said.Add(await NextAsync());
        }

        Assert.Equal(["1 0", "2 1", "2 1", "1 0", "0 0"], said);

        async Task<string> NextAsync() => await told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private Problems Records => _rig.Services.GetRequiredService<Problems>();

    private void Draw() => _rig.Time.Advance(LiveSignals.Interval);
}
