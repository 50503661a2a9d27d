using Bunit;
using ExecutionDashboard.Components.Pages.Specs;
using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Pages.Specs;

/// <summary>The distribution of specs is computed once for all viewers, and rendered where it changed.</summary>
public sealed class SpecSkewsTests : IAsyncDisposable
{
    private readonly PageRig _rig = new();

    private SpecSkews Skews => _rig.Services.GetRequiredService<SpecSkews>();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void Now_AChangeThatMovesNoNode_IsTheSameList()
    {
        Load();
        var before = Skews.Now();
        Pass(On("job-1", "e1", "node-1", KnownExecutionState.Degraded));

        Assert.Same(before, Skews.Now());
    }

    [Fact]
    public void Now_OneJobChanges_KeepsTheObjectsOfTheOthers()
    {
        Load();
        var before = Skews.Now();
        Pass(On("job-1", "e1", "node-1", KnownExecutionState.Failed));
        var after = Skews.Now();

        Assert.NotSame(before, after);
        Assert.Equal(0, after.Single(s => s.Job.Id == "job-1").Nodes);
        Assert.Same(before.Single(s => s.Job.Id == "job-2"), after.Single(s => s.Job.Id == "job-2"));
    }

    [Fact]
    public void BehindOf_NodesOfAnOldVersion_AreThoseThatRunIt()
    {
        Load();
        Pass(FleetChange.Of(Job("job-1") with { Version = 2 }), On("job-2", "e3", "node-3"), On("job-1", "e4", "node-4", version: 2));
        var behind = Skews.BehindOf(_rig.Replica.Store.FindJob("job-1")!);
        Assert.Equal(["e1"], behind.Select(e => e.Id));
        Pass(On("job-2", "e3", "node-3", KnownExecutionState.Failed));

        Assert.Same(behind, Skews.BehindOf(_rig.Replica.Store.FindJob("job-1")!));
    }

    [Fact]
    public void Page_NodesBehindAreOpenAndOneStops_AreShownAsTheyAre()
    {
        Load();
        Pass(FleetChange.Of(Job("job-1") with { Version = 2 }));
        _rig.Services.GetRequiredService<NavigationManager>().NavigateTo("specs?open=job-1");
        var page = _rig.Render<SpecsPage>();
        Assert.Equal("node-1", page.Find(".skew-nodes a").TextContent);
        Pass(FleetChange.Of(new Node { Id = "node-1", Name = "lathe", Connection = "connected" }));
        page.WaitForAssertion(() => Assert.Equal("lathe", page.Find(".skew-nodes a").TextContent));
        Pass(On("job-1", "e1", "node-1", KnownExecutionState.Stopped));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skew-nodes")));
        Assert.Contains("not running", page.Markup, StringComparison.Ordinal);
    }

    private void Load() => _rig.Load(PageRig.Good, FleetChange.Of(Job("job-1")), FleetChange.Of(Job("job-2")), On("job-1", "e1", "node-1"), On("job-2", "e2", "node-1"));

    private void Pass(params FleetChange[] changes)
    {
        _rig.Follow(null, changes);
        _rig.Time.Advance(TimeSpan.FromSeconds(2));
    }

    private static Job Job(string id) => new() { Id = id, Name = id, Version = 1, State = "running" };

    private static FleetChange On(string job, string id, string node, KnownExecutionState state = KnownExecutionState.Running, int version = 1) => FleetChange.Of(new Execution
    {
        Id = id, JobId = job, JobVersion = version, NodeId = node, CreatedAt = PageRig.Start, UpdatedAt = PageRig.Start, Actual = new(ExecutionState.Of(state)), Desired = new(ExecutionState.Of(KnownExecutionState.Running)),
    });
}
