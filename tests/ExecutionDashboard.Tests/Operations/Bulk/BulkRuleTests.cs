using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Bulk;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations.Bulk;

/// <summary>Rules of bulk runs that need no driver: preview, limits, pace, settings.</summary>
public sealed class BulkRuleTests
{
    [Theory]
    [InlineData("5", 500, 5)]
    [InlineData(" 10 % ", 505, 50)]
    [InlineData("0", 3, 0)]
    [InlineData("100%", 7, 7)]
    [InlineData("101 %", 7, null)]
    [InlineData("-1", 7, null)]
    [InlineData("some", 7, null)]
    public void FailureLimit_Text_IsANumberOrAPercentage(string text, int items, int? limit) => Assert.Equal(limit, BulkOperations.FailureLimit(text, items));

    [Fact]
    public void Preview_ListOfAllKinds_TellsWhatIsAffectedAndWhatIsNotCurrent()
    {
        var store = new FleetStore();
        store.Apply([
            FleetChange.Of(new Node { Id = "n1", Name = "edge-1", Connection = "connected" }), FleetChange.Of(new Node { Id = "n2", Name = "edge-2", Connection = "disconnected" }),
            FleetChange.Of(new Job { Id = "j1", Name = "ingest", State = "running" }),
            FleetChange.Of(BulkRig.Execution("a")), FleetChange.Of(BulkRig.Execution("b", KnownExecutionState.Degraded, node: "n2")),
            FleetChange.Of(BulkRig.Execution("c", KnownExecutionState.Failed, node: "n3")), FleetChange.Of(BulkRig.Execution("d", KnownExecutionState.Running, KnownExecutionState.Stopped, node: "n4")),
        ]);

        var all = BulkPreview.Of(BulkAction.StopExecutions, new(ExecutionQuery.All, null), store);
        Assert.Equal((4, 2, 2, 1, 1, 1, 1), (all.Found, all.Executions, all.Nodes, all.Jobs, all.Ended, all.Stopping, all.OnOfflineNodes));
        Assert.Equal([("edge-1", 1), ("edge-2", 1)], all.ByNode);

        var job = BulkPreview.Of(BulkAction.StopJobs, new(null, ["a"]), store);
        Assert.Equal((1, 2, 1), (job.Items.Count, job.Executions, job.Others));

        store.Apply([FleetChange.Of(BulkRig.Execution("a", KnownExecutionState.Completed)), FleetChange.Of(BulkRig.Execution("e", node: "n5")), FleetChange.Of(BulkRig.Execution("f", node: "n6"))]);
        Assert.Equal("It changed meanwhile: 2 more executions, 1 execution fewer, 3 nodes, not 2.", BulkPreview.Of(BulkAction.StopExecutions, new(ExecutionQuery.All, null), store).ChangesSince(all));
        Assert.Equal("", all.ChangesSince(all));
    }

    [Fact]
    public void Pace_AnyRequests_AreSpacedEvenly() => Gen.Select(Gen.Int[1, 200], Gen.Int[0, 400].Array[1, 40]).Sample((perSecond, waits) =>
    {
        var time = new FakeTimeProvider();
        var pace = new RequestPace(perSecond, time);
        var sent = new List<TimeSpan>();
        var started = time.GetTimestamp();
        foreach (var wait in waits)
        {
            time.Advance(TimeSpan.FromMilliseconds(wait));
            var slot = pace.WaitAsync(CancellationToken.None);
            while (!slot.IsCompleted) time.Advance(TimeSpan.FromMilliseconds(1));
            sent.Add(time.GetElapsedTime(started));
        }
        for (var i = 0; i + perSecond < sent.Count; i++) Assert.True(sent[i + perSecond] - sent[i] >= TimeSpan.FromMilliseconds(998), $"{perSecond + 1} requests within {sent[i + perSecond] - sent[i]}");
    }, iter: 50, threads: 1);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Settings_TwoPersons_NeedNames(bool names, bool succeeds)
    {
        var result = new BulkOptionsCheck(new AccessSettings { TellsPeopleApart = names }).Validate(null, new BulkOptions { ApproveAbove = 100 });

        Assert.Equal(succeeds, result.Succeeded);
        if (!succeeds) Assert.Equal("Bulk:ApproveAbove needs a second person, and nobody signs in under a name: set Auth:Mode to Oidc or Proxy, or leave Bulk:ApproveAbove out.", result.FailureMessage);
    }
}
