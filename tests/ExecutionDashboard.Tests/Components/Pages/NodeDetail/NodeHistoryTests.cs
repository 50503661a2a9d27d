using ExecutionDashboard.Components.Pages.NodeDetail;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Tests.Components.Pages.NodeDetail;

public sealed class NodeHistoryTests
{
    private static FleetChange Execution(string id, string state, string previous = "", string next = "", int version = 1, string job = "job-1") => FleetChange.Of(new Execution
    {
        Id = id, JobId = job, JobVersion = version, NodeId = "node-1", PreviousId = previous, NextId = next, Actual = new(ExecutionState.Parse(state)),
    });

    [Fact]
    public void Of_WhatIsCurrentAndNotDone_IsNow()
    {
        var store = new FleetStore();
        store.Apply([Execution("a", "failed", next: "b"), Execution("b", "lost"), Execution("c", "running", job: "job-2"), Execution("d", "completed", job: "job-3"), Execution("e", "On Hold", job: "job-4")]);

        var history = NodeHistory.Of("node-1", store);

        Assert.Equal(["b", "c", "e"], history.Now.Select(e => e.Id).Order());
        Assert.Equal(["a", "d"], history.Before.Select(e => e.Id).Order());
        Assert.Equal((3, 2), (history.NowTotal, history.BeforeTotal));
    }

    [Fact]
    public void Restarts_CountTheSameVersionOnly()
    {
        var store = new FleetStore();
        store.Apply(
        [
            Execution("a", "stopped", next: "b"), Execution("b", "failed", "a", "c", 2), Execution("c", "failed", "b", "d", 2), Execution("d", "running", "c", version: 2),
        ]);

        Assert.Equal([0, 0, 1, 2], new[] { "a", "b", "c", "d" }.Select(id => NodeHistory.Restarts(store.FindExecution(id)!, store)));
    }
}
