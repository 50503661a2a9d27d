using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Specs;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Specs;

public sealed class SpecSkewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static JobSpec Spec(string json) => new() { Hash = SpecHash.Of(json), Json = json };

    private static readonly JobSpec Old = Spec("""{"a":1}"""), Now = Spec("""{"a":2}"""), Respelled = Spec("""{"a":2.0}""");

    private static Execution On(string node, JobSpec? spec, int version, int minute = 0, KnownExecutionState state = KnownExecutionState.Running) => new()
    {
        Id = $"{node}-{version}-{minute}", JobId = "job", NodeId = node, JobVersion = version, SpecHash = spec?.Hash ?? "", CreatedAt = Start.AddMinutes(minute), Actual = new(ExecutionState.Of(state)),
    };

    private static FleetStore Store(params Execution[] executions)
    {
        var store = new FleetStore();
        store.Apply([FleetChange.Of(Old), FleetChange.Of(Now), FleetChange.Of(Respelled), FleetChange.Of(new Job { Id = "job", Name = "ingest", Version = 3, SpecHash = Now.Hash }), .. executions.Select(FleetChange.Of)]);
        return store;
    }

    [Fact]
    public void Of_NewestExecutionThatHasNotEnded_CountsForItsNode()
    {
        var store = Store(On("a", Now, 3), On("b", Old, 2), On("c", Old, 2), On("c", Now, 3, minute: 5), On("d", Old, 2, state: KnownExecutionState.Failed), On("", Old, 2));
        var skew = Assert.Single(SpecSkew.Of(store));
        Assert.Equal((3, 1), (skew.Nodes, skew.Behind));
        Assert.Equal([(3, 2, false), (2, 1, true)], skew.Shares.Select(s => (s.Version, s.Nodes, s.IsOld)));
        Assert.Equal("b", Assert.Single(SpecSkew.BehindOf(store, skew.Job)).NodeId);
    }

    [Fact]
    public void Of_VersionThatChangedNothing_IsNoOldSpec()
    {
        var skew = Assert.Single(SpecSkew.Of(Store(On("a", Now, 3), On("b", Now, 1), On("c", Respelled, 2))));
        Assert.Equal((3, 0), (Assert.Single(skew.Shares).Nodes, skew.Behind));
    }

    [Fact]
    public void RunsOldSpec_WithoutASpec_GoesByTheVersion()
    {
        var store = Store();
        Assert.True(store.RunsOldSpec(On("a", null, 2)));
        Assert.False(store.RunsOldSpec(On("a", null, 3)));
        Assert.False(store.RunsOldSpec(On("a", Old, 2, state: KnownExecutionState.Completed)));
        Assert.True(store.RunsOldSpec(On("a", Old, 2)));
        Assert.False(store.RunsOldSpec(On("a", Old, 2) with { JobId = "gone" }));
    }

    [Fact]
    public void Apply_JobGetsANewSpec_ItsExecutionsAreDrawnAnew()
    {
        var store = Store(On("a", Now, 3));
        var selection = store.Select(ExecutionQuery.All);
        var drawn = selection.Version;
        store.Apply([FleetChange.Of(new Job { Id = "job", Name = "ingest", Version = 4, SpecHash = Old.Hash })]);
        store.Refresh(selection);
        Assert.True(store.AnyChanged(selection, 0, 10, drawn));
    }

    [Fact]
    public void SpecOfVersion_FromAnExecution_IsFound()
    {
        var store = Store(On("a", Old, 2));
        Assert.Equal(Old.Json, store.SpecOfVersion("job", 2)?.Json);
        Assert.Null(store.SpecOfVersion("job", 1));
        Assert.Null(store.SpecOfVersion("other", 2));
    }
}
