using ExecutionDashboard.Components.Pages.Deployments;
using ExecutionDashboard.Components.Pages.JobDetail;
using ExecutionDashboard.Components.Pages.Jobs;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Live;
using ExecutionDashboard.Operations;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Components.Pages.JobDetail;

public sealed class JobViewTests
{
    private static RolloutSummaries Summaries() => new(new Replica(new LiveSignals(new FakeTimeProvider()), new FakeTimeProvider()), new FakeTimeProvider());

    private static readonly Job Job = new() { Id = "job-1", Name = "ingest", State = "running", Version = 2 };

    [Fact]
    public void Places_NodesThatDiffer_AreCountedByLabel()
    {
        var store = Store(
            Node("n1", "connected", ("region", "eu"), ("os", "linux")), Node("n2", "lost", ("region", "us"), ("os", "linux")), Node("n3", "connected", ("region", "eu"), ("os", "linux")),
            On("e1", "n1", KnownExecutionState.Running), On("e2", "n2", KnownExecutionState.Degraded), On("e3", "n3", KnownExecutionState.Running),
            On("e4", "", KnownExecutionState.Pending), On("e5", "n1", KnownExecutionState.Failed));

        var places = JobPlaces.Of("job-1", store);

        Assert.Equal((4, 3, 1, true), (places.Executions, places.Nodes, places.NotPlaced, places.IsWhole));
        Assert.Equal([("connected", 2), ("lost", 1)], places.Connections);
        var region = Assert.Single(places.Labels);
        Assert.Equal(("region", 0), (region.Key, region.More));
        Assert.Equal([("eu", 2), ("us", 1)], region.Values.Select(v => (v.Value, v.Total)));
        Assert.Equal([("os", "linux")], places.Shared);
        Assert.Equal(4, places.Versions[1]);
    }

    [Fact]
    public void Places_ManyValuesAndUnknownNodes_AreBoundedAndSaid()
    {
        var nodes = Enumerable.Range(0, 30).Select(i => Node($"n{i}", "connected", ("host", $"h{i}")));
        var store = Store([.. nodes, .. Enumerable.Range(0, 31).Select(i => On($"e{i}", $"n{i}", KnownExecutionState.Running))]);

        var places = JobPlaces.Of("job-1", store);

        Assert.Equal([("connected", 30), ("unknown", 1)], places.Connections);
        var host = Assert.Single(places.Labels);
        Assert.Equal((JobPlaces.MostValues, 24), (host.Values.Count, host.More));
    }

    [Fact]
    public void Places_NothingUnderWay_IsNone() => Assert.Same(JobPlaces.None, JobPlaces.Of("job-1", Store(On("e", "n", KnownExecutionState.Completed))));

    [Fact]
    public void View_SameNameInTheSameNamespace_IsANamesake()
    {
        var store = Store(FleetChange.Of(Job with { Id = "job-9" }), FleetChange.Of(Job with { Id = "job-8", Namespace = "other" }), FleetChange.Of(Job with { Id = "job-7", Name = "x" }));
        Assert.Equal(["job-9"], JobView.Of(Job, store, Summaries(), PageRig.Start).Namesakes.Select(j => j.Id));
    }

    [Fact]
    public void View_WithinTwoSeconds_KeepsWhatIsDearAndCountsAnew()
    {
        var store = Store(On("e1", "n1", KnownExecutionState.Running));
        var first = JobView.Of(Job, store, Summaries(), PageRig.Start);
        store.Apply([On("e2", "n2", KnownExecutionState.Failed)]);

        var second = JobView.Of(Job, store, Summaries(), PageRig.Start.AddSeconds(1), first);
        var third = JobView.Of(Job, store, Summaries(), PageRig.Start.AddSeconds(2), second);

        Assert.Equal((2, 0, 1), (second.Counts.Sum(c => c.Count), second.Failures.Count, third.Failures.Count));
        Assert.Same(first.Places, second.Places);
    }

    [Fact]
    public void Row_ExecutionsBefore_AreSaidAndNotDrawn()
    {
        var store = Store(FleetChange.Of(Job), On("e1", "n1", KnownExecutionState.Running), On("e2", "n1", KnownExecutionState.Stopped), On("e3", "n1", KnownExecutionState.Failed), On("e4", "n2", KnownExecutionState.Failed));
        var signals = new LiveSignals(new FakeTimeProvider());
        var log = new OperationLog(signals, new FakeTimeProvider());

        var row = JobRow.Of(Job, store, Summaries(), log, hasNamesake: false);

        Assert.Equal(["running", "failed"], row.Parts.Select(p => p.State.Name));
        Assert.Equal("1 running, 1 failed; 2 replaced", row.Words);
        Assert.Equal("no executions", JobRow.Of(Job with { Id = "none" }, store, Summaries(), log, hasNamesake: false).Words);
    }

    [Fact]
    public void Versions_OfAJob_TellWhatEachChanged()
    {
        JobVersion[] versions = [Version(1, """{"a":1}"""), Version(2, """{"a":2,"password":"hunter2"}"""), Version(4, """{"password":"hunter2","a":2}"""), new(5, null, null, "")];
        HistoryEvent[] history =
        [
            new() { JobVersion = 2, Message = "updated", Details = new Dictionary<string, string> { ["user"] = "ada" } },
            new() { JobVersion = 4, ExecutionId = "e", Details = new Dictionary<string, string> { ["user"] = "not of the job" } },
        ];

        var rows = VersionRow.Of(versions, history);

        Assert.Equal([5, 4, 2, 1], rows.Select(r => r.Version.Version));
        Assert.Equal(["the server sent no spec", "", "", "the first version"], rows.Select(r => r.Why));
        Assert.Equal((2, 0, ""), (rows[1].Before, rows[1].Comparison!.Counts.Total, rows[1].By));
        Assert.Equal((2, "ada"), (rows[2].Comparison!.Counts.Total, rows[2].By));
        Assert.Equal("a, password", rows[2].Paths);
    }

    [Theory]
    [InlineData("", "running", "", "running", "job")]
    [InlineData("e", "failed", "", "failed", "execution")]
    [InlineData("", "", "update", "update", "job")]
    [InlineData("e", "", "", "execution", "execution")]
    [InlineData("e", "odd_state", "", "odd_state", "execution")]
    public void Mark_OfAnEvent_SaysWhatHappened(string execution, string state, string type, string word, string of)
    {
        var told = new HistoryEvent { ExecutionId = execution, Details = new Dictionary<string, string> { ["new_state"] = state, ["type"] = type } };
        Assert.Equal((word, of == "execution"), (HistoryMark.Word(told), told.ExecutionId.Length > 0));
        Assert.Equal(state == "failed", HistoryMark.IsTrouble(told));
        Assert.NotEmpty(HistoryMark.Icon(told));
    }

    private static JobVersion Version(int number, string spec) => new(number, new JobSpec { Hash = "h" + number, Json = spec }, null, "");

    private static FleetChange Node(string id, string connection, params (string Key, string Value)[] labels) =>
        FleetChange.Of(new Node { Id = id, Connection = connection, Labels = labels.ToDictionary(l => l.Key, l => l.Value) });

    private static FleetChange On(string id, string node, KnownExecutionState state) => PageRig.Execution(id, state, node: node);

    private static FleetStore Store(params FleetChange[] changes)
    {
        var store = new FleetStore();
        store.Apply(changes);
        return store;
    }
}
