using Bunit;
using ExecutionDashboard.Components.Shared.Keys;
using ExecutionDashboard.Components.Shared.Things;
using ExecutionDashboard.Fleet;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ExecutionDashboard.Tests.Components.Shared.Things;

/// <summary>What can be done with each kind of thing, and where it leads.</summary>
public sealed class ThingActionsTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();
    private readonly IRenderedComponent<MudDialogProvider> _dialogs;

    public ThingActionsTests()
    {
        var execution = PageRig.Execution("e-2", KnownExecutionState.Running, deployment: "dep-1").Execution!;
        _rig.Load(PageRig.Good,
            FleetChange.Of(PageRig.Spec), FleetChange.Of(new Job { Id = "job-1", Name = "checkout", Version = 2, State = "running", DeploymentId = "dep-1" }), FleetChange.Of(new Node { Id = "node-1", Name = "edge-1", Connection = "connected" }),
            FleetChange.Of(execution with { PreviousId = "e-1" }), FleetChange.Of(execution with { Id = "e-3", NodeId = "" }),
            FleetChange.Of(new Deployment { Id = "dep-1", JobId = "job-1", State = "in_progress", FromVersion = 1, ToVersion = 2, CanaryNodes = ["node-1"]}));
        _rig.Render<MudPopoverProvider>();
        _dialogs = _rig.Render<MudDialogProvider>();
    }

    [Theory]
    [InlineData(ThingKind.Execution, "e-2", "Open logs", "executions/e-2?tab=logs")]
    [InlineData(ThingKind.Execution, "e-2", "Compare with the current job spec", "compare?left=execution%3Ae-2&right=job%3Ajob-1")]
    [InlineData(ThingKind.Execution, "e-2", "Go to its node", "nodes/node-1")]
    [InlineData(ThingKind.Execution, "e-2", "Go to its node at this time", "timeline?node=node-1&from=2026-11-01T11:50:00Z&to=2026-11-01T12:10:00Z")]
    [InlineData(ThingKind.Execution, "e-2", "Go to its job", "jobs/job-1")]
    [InlineData(ThingKind.Execution, "e-2", "Go to its deployment", "deployments/dep-1")]
    [InlineData(ThingKind.Job, "job-1", "Open its logs", "jobs/job-1?tab=logs")]
    [InlineData(ThingKind.Job, "job-1", "Show its executions", "executions?job=job-1")]
    [InlineData(ThingKind.Node, "node-1", "Show it on the timeline", "timeline?node=node-1")]
    [InlineData(ThingKind.Deployment, "dep-1", "Show its executions", "executions?deployment=dep-1")]
    public void Of_PageAboutAThing_LeadsThere(ThingKind kind, string id, string label, string address) => Assert.Equal(address, Of(kind, id, label).Address);

    [Theory]
    [InlineData(ThingKind.Execution, "e-2", "Copy the id", "e-2")]
    [InlineData(ThingKind.Execution, "e-2", "Copy as expanso-cli command", "expanso-cli execution describe e-2")]
    [InlineData(ThingKind.Execution, "e-2", "Copy the command for its logs", "expanso-cli job logs --follow job-1")]
    [InlineData(ThingKind.Node, "node-1", "Copy the id", "node-1")]
    [InlineData(ThingKind.Job, "job-1", "Copy the command that stops it", "expanso-cli job stop job-1")]
    [InlineData(ThingKind.Deployment, "dep-1", "Copy the id", "dep-1")]
    public void Of_Copy_IsTheText(ThingKind kind, string id, string label, string text) => Assert.Equal(text, Of(kind, id, label).Copies);

    [Theory]
    [InlineData(ThingKind.Execution, "e-2", "Stop…", "s", "Stop this execution?")]
    [InlineData(ThingKind.Execution, "e-2", "Restart…", "r", "Rerun checkout?")]
    [InlineData(ThingKind.Job, "job-1", "Stop the job…", "s", "Stop the job checkout?")]
    [InlineData(ThingKind.Job, "job-1", "Rerun the job…", "r", "Rerun checkout?")]
    [InlineData(ThingKind.Deployment, "dep-1", "Promote…", "m", "Promote checkout")]
    public async Task Of_Command_OpensItsDialogAndHasItsKey(ThingKind kind, string id, string label, string key, string title)
    {
        var action = Of(kind, id, label);
        Assert.Equal(("", key), (action.WhyNot, action.Key));
        Assert.Contains(RowKey.All, row => row.Key == key && row.Kinds.Contains(kind));
        await _dialogs.InvokeAsync(() => action.Ask!(_rig.Services.GetRequiredService<IDialogService>()));

        _dialogs.WaitForAssertion(() => Assert.StartsWith(title, _dialogs.Find(".stop-dialog h2").TextContent, StringComparison.Ordinal));
        Assert.Equal(label == "Restart…", _dialogs.Markup.Contains("No control plane restarts a single execution", StringComparison.Ordinal));
        Assert.NotEmpty(_dialogs.FindAll(".copy-command"));
    }

    [Fact]
    public void Of_WhatNoServerOrNoPlaceAllows_SaysWhy()
    {
        Assert.Contains("No control plane replaces a single execution", Of(ThingKind.Execution, "e-2", "Stop and replace").WhyNot, StringComparison.Ordinal);
        Assert.Equal("Not placed on a node.", Of(ThingKind.Execution, "e-3", "Open logs").WhyNot);
        Assert.DoesNotContain(Of(new(ThingKind.Execution, "e-3")), action => action.Label == "Go to its node at this time");
    }

    [Fact]
    public void Of_OpenDeployment_IsPausedOrResumedByOneKey()
    {
        Assert.Equal("Pause", Assert.Single(Of(new(ThingKind.Deployment, "dep-1")), action => action.Key == "p").Label);
        _rig.Follow(null, FleetChange.Of(new Deployment { Id = "dep-1", JobId = "job-1", State = "paused", FromVersion = 1, ToVersion = 2 }));
        Assert.Equal("Resume", Assert.Single(Of(new(ThingKind.Deployment, "dep-1")), action => action.Key == "p").Label);
    }

    [Fact]
    public void Of_AnyThing_HasEachKeyOnce()
    {
        foreach (var thing in (FleetThing[])[new(ThingKind.Execution, "e-2"), new(ThingKind.Job, "job-1"), new(ThingKind.Node, "node-1"), new(ThingKind.Deployment, "dep-1")])
        {
            var keys = Of(thing).Select(action => action.Key).Where(key => key.Length > 0).Order().ToArray();
            Assert.Equal(RowKey.All.Where(key => key.Kinds.Contains(thing.Kind)).Select(key => key.Key).Order(), keys);
        }
        Assert.Empty(Of(new(ThingKind.Job, "gone")));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    private IReadOnlyList<ThingAction> Of(FleetThing thing) => _rig.Services.GetRequiredService<ThingActions>().Of(thing);

    private ThingAction Of(ThingKind kind, string id, string label) => Assert.Single(Of(new FleetThing(kind, id)), action => action.Label == label);
}
