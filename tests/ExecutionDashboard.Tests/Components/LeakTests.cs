using Bunit;
using ExecutionDashboard.Components.Pages.Attention;
using ExecutionDashboard.Components.Pages.Compare;
using ExecutionDashboard.Components.Pages.DeploymentDetail;
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
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ExecutionPage = ExecutionDashboard.Components.Pages.ExecutionDetail.ExecutionPage;

namespace ExecutionDashboard.Tests.Components;

/// <summary>Pages leave no subscribers behind.</summary>
public sealed class LeakTests
{
    [Fact]
    public async Task Dispose_HundredPagesOfEachKind_NoSubscriberIsLeft()
    {
        await using var rig = new PageRig();
        rig.Load(PageRig.Good, [FleetChange.Of(PageRig.Spec), .. Enumerable.Range(0, 4).Select(i => PageRig.Execution($"exec-{i}", KnownExecutionState.Failed))]);
        rig.Follow(null, FleetChange.Of(new Job { Id = "job-1", Name = "ingest", Version = 1, SpecHash = PageRig.Spec.Hash }), FleetChange.Of(new Deployment { Id = "deployment-1", JobId = "job-1", State = "in_progress", FromVersion = 0, ToVersion = 1 }));
        rig.Render<MudPopoverProvider>();
        var navigation = rig.Services.GetRequiredService<NavigationManager>();
        for (var i = 0; i < 100; i++)
        {
            // Every page that is shown follows the address: a few addresses are enough.
            if (i % 25 == 0) navigation.NavigateTo($"executions?sort=-updated&open=exec-{i / 25}&tab={ExecutionView.Tabs[i / 25]}");
            rig.Render<ExecutionsPage>();
            rig.Render<OverviewPage>();
            rig.Render<TimelinePage>();
            rig.Render<DeploymentsPage>();
            rig.Render<SpecsPage>();
            rig.Render<AttentionPage>();
            rig.Render<ComparePage>();
            rig.Render<JobsPage>();
            rig.Render<JobBoard>(board => board.Add(b => b.Id, "job-1").Add(b => b.Tab, JobBoard.Tabs[i % JobBoard.Tabs.Count]));
            rig.Render<DeploymentBoard>(board => board.Add(b => b.Id, "deployment-1"));
            if (i % 50 == 0) navigation.NavigateTo("nodes?sort=-cpu");
            rig.Render<NodesPage>();
            rig.Render<NodeBoard>(board => board.Add(b => b.Id, "node-1"));
            rig.Render<ExecutionPage>(page => page.Add(p => p.Id, $"exec-{i % 4}"));
        }
        Assert.True(rig.Signals.SubscriberCount >= 800, $"{rig.Signals.SubscriberCount} subscribers while they are shown");

        await rig.DisposeComponentsAsync();

        Assert.Equal(0, rig.Signals.SubscriberCount);
    }
}
