using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Live.Planes;
using ExecutionDashboard.Tests.Live.Past;

namespace ExecutionDashboard.Tests.Live.Planes;

public sealed class PlanesPastTests
{
    private readonly KeptPast _eu = new(), _us = new();
    private readonly PlanesPast _both;

    public PlanesPastTests()
    {
        _both = new(FleetPlanes.Of(["eu", "us"]), [_eu, _us]);
        _eu.Add(Execution("e1"), Execution("e2"), Execution("e3"));
        _us.Add(Execution("e1"));
    }

    [Fact]
    public async Task LoadAsync_Moment_IsTheFleetOfBothThen()
    {
        var (moment, _) = await _both.AtAsync(KeptPast.Seen(2), default);
        Assert.Equal((3L, "log log"), (moment!.Sequence, moment.LogId));

        var (store, problem) = await _both.LoadAsync(moment.Sequence, _ => { }, default);

        Assert.Null(problem);
        Assert.Equal(["eu~e1", "eu~e2", "us~e1"], Ids(store!));
        Assert.Equal("us", store!.Planes.Of("us~e1"));
    }

    [Fact]
    public async Task BetweenAsync_TwoMoments_IsWhatChangedOnEach()
    {
        var (first, _) = await _both.AtAsync(KeptPast.Seen(1), default);
        var (last, _) = await _both.AtAsync(KeptPast.Seen(3), default);

        var (batch, _) = await _both.BetweenAsync(first!.Sequence, last!.Sequence, default);

        Assert.Equal(["eu~e2", "eu~e3"], batch!.Changes.Select(change => change.Id).Order());
        // The other log did not change in between, and is not asked.
        Assert.Equal((1, 0), (_eu.Moves, _us.Moves));
    }

    [Fact]
    public async Task AtAsync_MomentThatOnePlaneDoesNotKnow_IsNotKnown()
    {
        var empty = new PlanesPast(FleetPlanes.Of(["eu", "ap"]), [_eu, new KeptPast()]);

        var (moment, _) = await empty.AtAsync(KeptPast.Seen(2), default);

        Assert.False(moment!.IsKnown);
        Assert.Null(moment.KnownSince);
    }

    [Fact]
    public async Task StepAsync_NearestOfBoth_OrOfThePlaneOfTheThing()
    {
        Assert.Equal(KeptPast.Seen(2), (await _both.StepAsync(KeptPast.Seen(1), true, null, "", default)).At);
        Assert.Null((await _both.StepAsync(KeptPast.Seen(1), true, FleetKind.Execution, "us~e1", default)).At);
        Assert.Equal(KeptPast.Seen(3), (await _both.StepAsync(KeptPast.Seen(1), true, FleetKind.Execution, "eu~e3", default)).At);
    }

    private static string[] Ids(FleetStore store) => [.. store.Enumerate(ExecutionQuery.All).Select(execution => execution.Id).Order(StringComparer.Ordinal)];

    private static FleetChange Execution(string id) => FleetChange.Of(new Execution { Id = id, JobId = "j" });
}
