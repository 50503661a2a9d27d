using Bunit;
using Bunit.TestDoubles;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Pages.Overview;
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
