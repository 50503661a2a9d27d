using Bunit;
using ExecutionDashboard.Components.Layout;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.Components.Pages.Nodes;
using ExecutionDashboard.Components.Pages.Overview;
using ExecutionDashboard.Components.Shared.Filters;
using ExecutionDashboard.Components.Shared.Things;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Planes;

/// <summary>What pages show of several control planes, and that one leaves them as they are.</summary>
public sealed class PlanePagesTests
{
    private static readonly FleetPlanes Two = FleetPlanes.Of(["eu", "us"]);

    [Fact]
    public async Task Lists_OfSeveralPlanes_HaveTheColumnAndTheControlPlanesOwnId()
    {
        await using var rig = Rig();

        var executions = rig.Render<ExecutionsPage>();
        Assert.Contains("Plane", executions.FindAll("th").Select(head => head.TextContent.Trim()));
        Assert.Equal(["executions/eu~e1", "executions/us~e1"], executions.FindAll("a.id").Select(link => link.GetAttribute("href")).Order(StringComparer.Ordinal));
        Assert.All(executions.FindAll("a.id code"), id => Assert.Equal("e1", id.TextContent));
        Assert.Equal(["eu", "us"], executions.FindAll("td.c-plane").Select(cell => cell.TextContent).Order(StringComparer.Ordinal));
        Assert.Contains("eu", rig.Render<JobsPage>().FindAll("td.j-plane").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("us", rig.Render<NodesPage>().FindAll("td.n-plane").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task Lists_OfOnePlane_HaveNoColumn()
    {
        await using var rig = new PageRig();
        rig.Render<MudBlazor.MudPopoverProvider>();
        rig.Load(PageRig.Good, PageRig.Execution("eu~e1"), FleetChange.Of(new Job { Id = "job-1", Name = "ingest" }));

        var executions = rig.Render<ExecutionsPage>();
        Assert.DoesNotContain("Plane", executions.FindAll("th").Select(head => head.TextContent.Trim()));
        Assert.Equal("eu~e1", executions.Find("a.id code").TextContent);
        Assert.Empty(rig.Render<JobsPage>().FindAll(".j-plane"));
    }

    [Fact]
    public async Task Layout_OnePlaneGone_NamesItAndSinceWhen()
    {
        await using var rig = Rig(usLostSince: PageRig.Start);

        Assert.Contains("us: as of", rig.Render<FreshnessIndicator>().Markup.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var banner = rig.Render<ConnectionBanner>();
        Assert.Contains("Connection refused.", banner.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("eu:", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("All planes:", rig.Render<OverviewPage>().Find(".plane-note").TextContent, StringComparison.Ordinal);
        Assert.Contains("as of", rig.Render<OverviewPage>().Find(".plane-note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layout_AllPlanesThere_SaysLiveAndWhichAreCounted()
    {
        await using var rig = Rig();

        Assert.Contains("Live", rig.Render<FreshnessIndicator>().Markup, StringComparison.Ordinal);
        Assert.Empty(rig.Render<ConnectionBanner>().FindAll(".banner"));
        Assert.Equal(["eu", "us"], rig.Render<OverviewPage>().FindAll(".plane-note a").Select(link => link.TextContent));
    }

    [Fact]
    public async Task Completions_OfAPlane_AreItsNames()
    {
        await using var rig = Rig();

        Assert.Equal(["eu", "us"], FilterCompletions.Of("plane:", ExecutionFilterList.List, rig.Replica.Store).Select(option => option.Name));
        Assert.Contains(FilterCompletions.Of("pl", ExecutionFilterList.List, rig.Replica.Store), option => option.Name == "plane:");
        Assert.Empty(FilterCompletions.Of("pl", ExecutionFilterList.List, new()));
    }

    [Fact]
    public async Task Actions_LinesForAShell_HaveTheControlPlanesOwnId()
    {
        await using var rig = Rig();

        var copied = rig.Services.GetRequiredService<ThingActions>().Of(new(ThingKind.Execution, "us~e1")).Select(action => action.Copies).OfType<string>().ToList();
        Assert.Contains("expanso-cli execution describe e1", copied);
        Assert.DoesNotContain(copied, line => line.Contains("expanso-cli", StringComparison.Ordinal) && line.Contains('~', StringComparison.Ordinal));
        Assert.Equal("", CliCommands.Of(ExecutionDashboard.Fleet.Bulk.BulkAction.StopExecutions, [.. CliCommands.Own(["eu~e1", "us~e1"], Two)]));
    }

    private static PageRig Rig(DateTimeOffset? usLostSince = null)
    {
        var rig = new PageRig(services => services.AddSingleton(Two));
        rig.Render<MudBlazor.MudPopoverProvider>();
        var status = PageRig.Good with { Planes = [new("eu", true, PageRig.Good), new("us", true, PageRig.Good, usLostSince, usLostSince is null ? "" : "Connection refused.")] };
        FleetChange[] own = [FleetChange.Of(new Job { Id = "job-1", Name = "ingest" }), FleetChange.Of(new Node { Id = "node-1", Name = "edge-1", Connection = "connected" }), PageRig.Execution("e1")];
        rig.Load(status, [.. Two.Names.SelectMany(plane => own.Select(change => PlaneEntities.In(plane, change)))]);
        return rig;
    }
}
