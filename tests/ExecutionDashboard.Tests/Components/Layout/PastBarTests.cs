using Bunit;
using Bunit.TestDoubles;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Pages.Changes;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Components.Shared.Specs;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Tests.Live.Past;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Layout;

/// <summary>What pages say of the past that they show, and the ways in it.</summary>
public sealed class PastBarTests
{
    private readonly KeptPast _log = new();

    public PastBarTests() => _log.Add(
        FleetChange.Of(new Node { Id = "node-1", Connection = "connected" }), FleetChange.Of(new Job { Id = "job-1", Name = "ingest", Version = 1, State = "running" }), PageRig.Execution("a"),
        PageRig.Execution("b", node: "node-2"), PageRig.Execution("a", KnownExecutionState.Failed));

    [Fact]
    public async Task Bar_AMoment_SaysWhatItIsAndKeepsItInTheAddress()
    {
        await using var rig = Rig();
        var (past, navigation) = (await OpenAsync(rig, KeptPast.Seen(4)), rig.Services.GetRequiredService<NavigationManager>());
        navigation.NavigateTo(MomentAddress.With("executions?state=failed", KeptPast.Seen(4)));
        var bar = rig.Render<PastBar>(parameters => parameters.Add(b => b.Past, past));

        bar.WaitForAssertion(() => Assert.Equal("shown", bar.Find(".past-bar").GetAttribute("data-past")));
        foreach (var said in (string[])["Past", "Known since", "as now", "not recorded", "Commands are off"]) Assert.Contains(said, bar.Find(".past-bar").TextContent, StringComparison.Ordinal);

        // A link that does not have it.
        await bar.InvokeAsync(() => navigation.NavigateTo("nodes?connection=lost"));
        bar.WaitForAssertion(() => Assert.EndsWith($"nodes?connection=lost&at={MomentAddress.Text(KeptPast.Seen(4))}", navigation.Uri, StringComparison.Ordinal));

        await bar.InvokeAsync(() => navigation.NavigateTo("audit"));
        bar.WaitForAssertion(() => Assert.Contains("This page shows all times", bar.Find(".past-known").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Step_ToTheChangeAfterAndBefore_IsThatOfThePage()
    {
        await using var rig = Rig();
        var (past, navigation) = (await OpenAsync(rig, KeptPast.Seen(3)), rig.Services.GetRequiredService<NavigationManager>());
        navigation.NavigateTo(MomentAddress.With("executions/a", KeptPast.Seen(3)));
        var bar = rig.Render<PastBar>(parameters => parameters.Add(b => b.Past, past));

        await bar.InvokeAsync(() => bar.Find("[aria-label='Change after']").Click());
        bar.WaitForAssertion(() => Assert.Equal((KeptPast.Seen(5), KeptPast.Seen(5)), (MomentAddress.TimeIn(navigation.Uri), past.At)));
        Assert.Equal("failed", rig.Replica.Store.FindExecution("a")!.Actual.State.Name);

        await bar.InvokeAsync(() => bar.Find("[aria-label='Change after']").Click());
        bar.WaitForAssertion(() => Assert.Contains("No later change is near.", bar.Markup, StringComparison.Ordinal));

        await bar.InvokeAsync(() => bar.Find("[aria-label='Change before']").Click());
        bar.WaitForAssertion(() => Assert.Equal((KeptPast.Seen(3), KeptPast.Seen(3)), (MomentAddress.TimeIn(navigation.Uri), past.At)));
    }

    [Fact]
    public async Task Live_FromThePast_OpensTheSamePageWithoutTheMoment()
    {
        await using var rig = Rig();
        var (past, navigation) = (await OpenAsync(rig, KeptPast.Seen(4)), rig.Services.GetRequiredService<NavigationManager>());
        navigation.NavigateTo(MomentAddress.With("executions?state=failed", KeptPast.Seen(4)));
        var bar = rig.Render<PastBar>(parameters => parameters.Add(b => b.Past, past));

        await bar.InvokeAsync(() => bar.FindAll("button").Single(button => button.TextContent == "Back to live").Click());

        var opened = Assert.Single(((BunitNavigationManager)navigation).History, visit => visit.Options.ForceLoad);
        Assert.EndsWith("executions?state=failed", opened.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_ToNow_LeavesThePastAndWhatChangedSinceIsOne()
    {
        await using var rig = Rig();
        var (past, navigation) = (await OpenAsync(rig, KeptPast.Seen(4)), rig.Services.GetRequiredService<NavigationManager>());
        navigation.NavigateTo(MomentAddress.With("executions?state=failed", KeptPast.Seen(4)));
        var bar = rig.Render<PastBar>(parameters => parameters.Add(b => b.Past, past));

        var link = bar.FindAll("a").Single(a => a.TextContent == "What changed since");
        Assert.Equal(ChangesUrl.For(KeptPast.Seen(4)) + "&at=now", link.GetAttribute("href"));
        await bar.InvokeAsync(() => navigation.NavigateTo(link.GetAttribute("href")!));

        bar.WaitForAssertion(() => Assert.EndsWith("/" + ChangesUrl.For(KeptPast.Seen(4)), Assert.Single(((BunitNavigationManager)navigation).History, visit => visit.Options.ForceLoad).Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Play_SixHundredTimes_EndsWhereThePresentBegins()
    {
        await using var rig = Rig();
        var from = PageRig.Start.AddMinutes(-2);
        var past = await OpenAsync(rig, from);
        var bar = rig.Render<PastBar>(parameters => parameters.Add(b => b.Past, past));
        await bar.InvokeAsync(() => bar.Find("select").Change("600"));

        await bar.InvokeAsync(() => bar.Find("[aria-label=Play]").Click());
        rig.Time.Advance(TimeSpan.FromMilliseconds(150));
        bar.WaitForAssertion(() => Assert.Equal(from.AddMilliseconds(150 * 600), past.At));
        // The clock may be moved before the next frame waits for it.
        while (!bar.Markup.Contains("This is where the present begins.", StringComparison.Ordinal))
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        Assert.NotNull(bar.Find("[aria-label=Play]"));
    }

    [Fact]
    public async Task Nodes_OfAMoment_LeaveOutWhatHeartbeatsTell()
    {
        await using var rig = Rig();
        await OpenAsync(rig, KeptPast.Seen(4));
        rig.Services.GetRequiredService<NavigationManager>().NavigateTo("nodes?view=list");

        var nodes = rig.Render<NodesPage>();

        Assert.Equal(["connected", "connecting", "disconnected", "lost"], nodes.FindAll(".state-strip .state-toggle span").Select(word => word.TextContent));
        Assert.Equal(["Name", "Connection", "Executions", "System", "Agent", "Labels"], nodes.FindAll("th").Select(head => head.TextContent.Trim()));
        Assert.Empty(nodes.FindAll("[data-past-filters]"));
    }

    [Fact]
    public async Task Nodes_FilteredByWhatIsNotRecorded_SayThatItTellsNothing()
    {
        await using var rig = Rig();
        await OpenAsync(rig, KeptPast.Seen(4));
        rig.Services.GetRequiredService<NavigationManager>().NavigateTo("nodes?view=list&connection=stale&load=full&label=region%3Deu");

        var nodes = rig.Render<NodesPage>();

        Assert.Equal("Not recorded of the past: connection:stale, load:full. What is listed does not tell what there was. As now, not as of this moment: label:region=eu.", nodes.Find("[data-past-filters]").TextContent);
        // It is there to be taken away, and counts nothing.
        Assert.Equal("–", nodes.FindAll(".state-toggle").Single(toggle => toggle.TextContent.Contains("stale heartbeat", StringComparison.Ordinal)).QuerySelector("b")!.TextContent);
    }

    [Fact]
    public async Task Spec_OfAnExecutionThen_IsComparedWithNow()
    {
        await using var rig = Rig();
        _log.Add(FleetChange.Of(PageRig.Spec));
        await OpenAsync(rig, KeptPast.Seen(6));

        var compare = rig.Render<CompareWithNow>(parameters => parameters.Add(c => c.JobId, "job-1").Add(c => c.Version, 3));

        Assert.Equal("compare?left=version%3A3%3Ajob-1&right=job%3Ajob-1&at=now", compare.Find("a").GetAttribute("href"));
        Assert.Equal("_top", compare.Find("a").GetAttribute("target"));
    }

    [Fact]
    public async Task Overview_OfAMoment_CountsTheFleetOfThen()
    {
        await using var rig = Rig();
        await OpenAsync(rig, KeptPast.Seen(5));

        var overview = rig.Render<OverviewPage>();

        Assert.Equal("1", overview.Find(".count-grid a[href*='state=failed'] strong").TextContent);
        Assert.Equal("1", overview.Find(".count-grid a[href*='state=running'] strong").TextContent);
        Assert.Contains("Changes a minute are not recorded.", overview.Markup, StringComparison.Ordinal);
    }

    private PageRig Rig()
    {
        var rig = new PageRig(services => services.AddSingleton<IPastFeed>(_log));
        rig.JSInterop.SetupModule("./js/moment.js").Mode = JSRuntimeMode.Loose;
        return rig;
    }

    private static async Task<TabPast> OpenAsync(PageRig rig, DateTimeOffset at)
    {
        rig.Services.GetRequiredService<ViewedMoment>().Read(MomentAddress.Text(at));
        var past = rig.Services.GetRequiredService<VisibleFleet>().Past!;
        await past.Ready;
        return past;
    }
}
