using Bunit;
using ExecutionDashboard.Components.Shared.Logs;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ExecutionDashboard.Tests.Components.Shared.Logs;

/// <summary>The logs of a node: one job's at a time.</summary>
public sealed class NodeLogsTests : IAsyncLifetime
{
    private readonly PageRig _rig = new();

    public Task InitializeAsync()
    {
        _rig.Load(PageRig.Good);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Node_ItsJobsAreOffered_AndTheLogOfOneIsFollowedWhenAsked()
    {
        var empty = _rig.Render<NodeLogs>(logs => logs.Add(l => l.NodeId, "node-1"));
        Assert.Contains("Nothing runs here", empty.Markup, StringComparison.Ordinal);
        _rig.Follow(null, PageRig.Execution("e1"), PageRig.Execution("e2", node: "node-2"));
        var logs = _rig.Render<NodeLogs>(l => l.Add(x => x.NodeId, "node-1"));
        Assert.Equal("job-1", Assert.Single(logs.FindAll("option")).TextContent);
        Assert.Empty(logs.FindAll(".log-lines"));
        _rig.Logs.Opens();
        await logs.InvokeAsync(() => logs.Find("button").Click());
        var asked = await _rig.Logs.AskedAsync();
        Assert.Equal(("job-1", "node-1"), (asked.JobId, asked.NodeId));
        Assert.NotEmpty(logs.FindAll(".log-lines"));
        Assert.EndsWith("?log=job-1", _rig.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        // The address opens it again.
        _rig.Logs.Opens();
        Assert.NotEmpty(_rig.Render<NodeLogs>(l => l.Add(x => x.NodeId, "node-1")).FindAll(".log-lines"));
    }
}
